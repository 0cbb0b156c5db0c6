import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { openPage, type OpenPage, signInOnPage, sizes } from './browser.ts';
import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

const blueprint = shippedBlueprint('mpp-banyuwangi');
const [first, second] = [counterServing(blueprint, 'DUK'), counterServing(blueprint, 'IMI')];
const { hall, browser } = await startScreens(blueprint);
const opened: OpenPage[] = [];

const open = async (path: string, size: { width: number; height: number }): Promise<Page> => {
  const page = await openPage(browser, `${hall.address}${path}`, size);
  opened.push(page);
  return page.page;
};

/** Takes a ticket as a visitor does: agency, service, "take a number". @returns the number shown */
const takeTicket = async (kiosk: Page, agency: string, service: string): Promise<string> => {
  await turnTo(kiosk, agency);
  await kiosk.locator(`[data-tile="${agency}"]`).click();
  await turnTo(kiosk, service);
  await kiosk.locator(`[data-tile="${service}"]`).click();
  await kiosk.getByTestId('take').click();
  const number = (await kiosk.getByTestId('ticket-number').textContent()) ?? '';
  await kiosk.getByRole('button', { name: 'Selesai' }).click();
  return number;
};

const firstNumber = (id: string): string => `${blueprint.services.find((service) => service.id === id)?.prefix}001`;

const turnTo = async (kiosk: Page, tile: string): Promise<void> => {
  await kiosk.locator('[data-tile]').first().waitFor();
  for (let page = 0; page < 10 && (await kiosk.locator(`[data-tile="${tile}"]`).count()) === 0; page++) {
    await kiosk.getByRole('button', { name: 'Berikutnya' }).click();
  }
};

const openCounter = async (login: string, number: number): Promise<Page> => {
  const page = await open('/counter', sizes.counter);
  await signInOnPage(page, login, await hall.hire(login, login));
  await page.locator(`[data-counter="${number}"]`).click();
  await page.locator('[data-action=main]').waitFor();
  return page;
};

const act = (page: Page, action: string) => page.locator(`[data-action="${action}"]`).click();

test('a visit, from the kiosk over two lobby screens and two counters to its end', async () => {
  const tvs = await Promise.all([open('/tv', sizes.tv), open('/tv?lang=en', sizes.tv)]);
  const kiosk = await open('/kiosk', sizes.kiosk);
  const one = await openCounter('ani', first.number);
  const two = await openCounter('budi', second.number);
  const onBothTvs = (check: (tv: Page) => Promise<void>) => Promise.all(tvs.map(check));
  const isCalled = (number: string, counter: number) => (tv: Page) =>
    eventually(() => tv.locator(`[data-call="${number}"]`).textContent()).toContain(`${counter}`);

  await onBothTvs((tv) => eventually(() => tv.getByTestId('waiting-count').textContent()).toBe('0'));
  const card = await takeTicket(kiosk, 'DUK', 'DUK-01');
  const passport = await takeTicket(kiosk, 'IMI', 'IMI-01');
  expect([card, passport]).toEqual([firstNumber('DUK-01'), firstNumber('IMI-01')]);
  await onBothTvs((tv) => eventually(() => tv.getByTestId('waiting-count').textContent()).toBe('2'));

  await eventually(() => one.getByTestId('my-waiting').textContent()).toBe('1');
  await act(one, 'main');
  await onBothTvs(isCalled(card, first.number));
  await two.keyboard.press('F2');
  await onBothTvs(isCalled(passport, second.number));
  await onBothTvs((tv) => eventually(() => tv.getByTestId('waiting-count').textContent()).toBe('0'));
  // The newest call is the large one, the one before it a row.
  await onBothTvs(async (tv) => {
    expect(await tv.getByTestId('current-call').locator('[data-call]').getAttribute('data-call')).toBe(passport);
    expect(await tv.getByTestId('recent-calls').locator('[data-call]').getAttribute('data-call')).toBe(card);
  });

  // A repeated call comes to the top and is never there twice.
  await one.keyboard.press('r');
  await onBothTvs(async (tv) => {
    await eventually(() => tv.getByTestId('current-call').locator('[data-call]').getAttribute('data-call')).toBe(card);
    expect(await tv.locator(`[data-call="${card}"]`).count()).toBe(1);
  });

  await eventually(() => one.locator('main').getAttribute('data-status')).toBe('called');
  await one.locator('[data-action=start]:enabled').waitFor();
  await one.keyboard.press('s');
  await one.locator('main[data-status=serving]').waitFor();
  await one.locator('[data-action=finish]:enabled').waitFor();
  await one.keyboard.press('e');
  await one.locator('main[data-status=open]').waitFor();
  await onBothTvs((tv) => eventually(() => tv.locator(`[data-call="${card}"]`).count()).toBe(0));

  await act(two, 'miss');
  await onBothTvs((tv) => eventually(() => tv.locator('[data-call]').count()).toBe(0));
  expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
});

test('an agent who signs in elsewhere is back at the counter that is still open', async () => {
  const page = await open('/counter', sizes.counter);
  await signInOnPage(page, 'citra', await hall.hire('citra', 'Citra'));
  await page.locator('[data-counter="6"]').click();
  await page.locator('[data-action=main]').waitFor();

  const elsewhere = await open('/counter', sizes.beside);
  await signInOnPage(elsewhere, 'citra', await hall.hire('citra', 'Citra'));
  await elsewhere.getByRole('heading', { name: 'Loket 6' }).waitFor();

  // A new password ends the sessions of before: the old page asks to sign in, though nobody touches it.
  await page.locator('input[name=login]').waitFor();
});

test('keys do nothing in a text field, and a refusal is told in words', async () => {
  const page = await openCounter('dewi', 8);
  await act(page, 'main');
  await eventually(() => page.getByTestId('message').textContent()).toBe('Tidak ada yang menunggu untuk loket ini.');
  await page.evaluate(() => {
    const input = document.createElement('input');
    document.body.append(input);
    input.focus();
  });
  let asked = 0;
  page.on('request', (request) => (asked += request.method() === 'POST' ? 1 : 0));
  await page.keyboard.type('r s e n ');
  await page.keyboard.press('F2');
  expect(await page.locator('body > input').inputValue()).toBe('r s e n ');
  expect(asked).toBe(0);
});

test('a break and its end, and a counter that closes', async () => {
  const page = await openCounter('eko', 9);
  await act(page, 'pause');
  await page.locator('[data-reason=meal]').click();
  await page.locator('main[data-status=paused]').waitFor();
  expect(await page.locator('main').textContent()).toContain('Makan');
  await act(page, 'resume');
  await page.locator('main[data-status=open]').waitFor();
  await page.locator('[data-action=close]:enabled').click();
  await page.locator('[data-counter="9"]:enabled').waitFor();
});

test('the manager sees the hall live, and closes and opens the day', async () => {
  const page = await open('/manager?lang=en', sizes.counter);
  await signInOnPage(page, 'manager', hall.managerPassword);
  const stat = (id: string) => page.locator(`[data-stat="${id}"]`).textContent();
  await eventually(() => stat('waiting')).toBe('0');
  const issued = Number(await stat('issued'));
  await hall.visitor.post('/tickets', { serviceId: 'KPP-01' });
  await hall.visitor.post('/tickets', { serviceId: 'KPP-02' });
  await eventually(() => stat('waiting')).toBe('2');
  expect(await stat('issued')).toBe(String(issued + 2));
  // Sorted by trouble: the longest wait first.
  const lines = page.locator('[data-line]');
  expect(await lines.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-line')))).toEqual([
    'KPP-01',
    'KPP-02',
  ]);

  const kiosk = await open('/kiosk?lang=en', sizes.kiosk);
  await kiosk.locator('[data-tile]').first().waitFor();
  await act(page, 'close-day');
  await act(page, 'confirm-close-day');
  await kiosk.getByRole('heading', { name: 'The hall is closed now' }).waitFor();
  expect(await stat('waiting')).toBe('0');
  await act(page, 'open-day');
  await kiosk.locator('[data-tile]').first().waitFor();
});

test('each page comes with its security headers, and from one address alone', async () => {
  for (const page of ['tv', 'kiosk', 'counter', 'manager']) {
    const { status, headers } = await fetch(`${hall.address}/${page}`);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-cache');
    const script = /src="([^"]+\.js)"/.exec(await (await fetch(`${hall.address}/${page}`)).text())?.[1] ?? '';
    const asset = await fetch(`${hall.address}${script}`);
    expect(asset.status).toBe(200);
    expect(asset.headers.get('cache-control')).toContain('immutable');
  }
  for (const path of ['/display/tv/index.html', '/staff/manager/index.html', '/display/assets/../tv/index.html'])
    expect((await fetch(`${hall.address}${path}`)).status, path).toBe(404);
});

test('the page of the API is there to read, and nothing on it is blocked', async () => {
  const page = await open('/api', sizes.counter);
  await page.getByRole('heading', { name: 'Antrean' }).waitFor();
  await page.getByText('Whether this process answers').first().waitFor();
  // Of that many only those in sight are on the page: an address leads to each.
  await page.goto(`${new URL(page.url()).origin}/api#/ticket/issueTicket`);
  await page.reload();
  await page.getByText('Puts a visitor into the line of a service').first().waitFor();
  expect(opened.at(-1)?.faults).toEqual([]);
});
