import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { readQr } from '../harness/read-qr.ts';
import { openPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { overflowing } from './browser.ts';
import { keepPicture } from './pictures.ts';
import { startVisitsHall } from './visits-hall.ts';

const { hall, browser, desk, agent } = await startVisitsHall();
const phone = { width: 320, height: 640 };

const issue = async (language = 'id'): Promise<{ link: string; number: string }> => {
  const { body } = await hall.visitor.post('/tickets', { serviceId: 'DUK-01', language });
  return { link: String(body.link), number: (body.ticket as { number: string }).number };
};
const status = (page: Page) => () => page.locator('main').getAttribute('data-status');
/** Leaves no ticket behind for the next test. */
const emptyLine = async (): Promise<void> => {
  while ((await agent.post(`/counters/${desk.counterId}/call-next`)).status === 200) {
    for (const act of ['start', 'finish']) await agent.post(`/counters/${desk.counterId}/${act}`);
  }
};

test('[LINK-1] the code on the kiosk is the link of the ticket, and opens its page', async () => {
  const { page: kiosk } = await openPage(browser, `${hall.address}/kiosk`, sizes.kiosk);
  await kiosk.locator('[data-tile]').first().waitFor();
  await kiosk.locator('[data-tile="DUK"]').click();
  await kiosk.locator('[data-tile="DUK-01"]').click();
  await kiosk.getByTestId('take').click();
  const number = (await kiosk.getByTestId('ticket-number').textContent()) ?? '';
  await keepPicture(kiosk, 'kiosk-ticket-code-id');
  const decoded = await readQr(kiosk.getByTestId('ticket-code'));
  expect(decoded).toMatch(new RegExp(`^${hall.address}/v/[A-Za-z0-9_-]{22}$`));
  const { page, faults } = await openPage(browser, decoded, phone);
  expect(await page.locator('#number').textContent()).toBe(number);
  expect(faults).toEqual([]);
  await emptyLine();
});

test('[LINK-1] a visit on the phone: waits, is called, missed, comes back, leaves after being asked', async () => {
  const { link, number } = await issue();
  const { page, faults } = await openPage(browser, `${hall.address}/v/${link}`, phone);
  expect(await status(page)()).toBe('waiting');
  expect(await page.locator('#ahead').textContent()).toBe('tidak ada');
  await agent.post(`/counters/${desk.counterId}/call-next`);
  await eventually(status(page), 30_000).toBe('called');
  expect((await page.locator('#counter').innerText()).split(/\s+/)).toEqual(['Loket', `${desk.number}`]);
  expect(await page.title()).toContain(number);
  await keepPicture(page, 'visit-called-id');
  await agent.post(`/counters/${desk.counterId}/miss`);
  await eventually(status(page), 30_000).toBe('missed');
  await keepPicture(page, 'visit-missed-id');
  await page.locator('#rejoin').click();
  await eventually(status(page)).toBe('waiting');
  await page.locator('#leave').click();
  await page.locator('#confirm-leave').waitFor();
  await keepPicture(page, 'visit-leave-id');
  // What somebody is asked stays until they have answered.
  await page.locator('#stay').click();
  expect(await status(page)()).toBe('waiting');
  await page.locator('#leave').click();
  await page.locator('#confirm-leave').click();
  await eventually(status(page)).toBe('cancelled');
  expect(new URL(page.url()).pathname).toBe(`/v/${link}`);
  expect(faults).toEqual([]);
});

test('[LINK-1] where a form was refused the page says why, goes on, and its address leads back to it', async () => {
  const { link } = await issue();
  const { page, faults } = await openPage(browser, `${hall.address}/v/${link}?language=en`, phone);
  await page.locator('#leave').click();
  await page.locator('#confirm-leave').waitFor();
  await emptyLine();
  await page.locator('#confirm-leave').click();
  await page.locator('#refusal').waitFor();
  expect(await status(page)()).toBe('done');
  expect(new URL(page.url()).pathname).toBe(`/v/${link}/cancel`);
  // The page keeps itself up to date here too, and then says how the ticket stands and no more.
  await page.locator('#refusal').waitFor({ state: 'detached', timeout: 30_000 });
  await page.goto(page.url());
  expect(new URL(page.url()).pathname).toBe(`/v/${link}`);
  expect(await status(page)()).toBe('done');
  expect(faults).toEqual([]);
});

test('[LINK-1] the page works without a script', async () => {
  const { link } = await issue('az');
  const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${hall.address}/v/${link}`);
  expect(await page.locator('html').getAttribute('lang')).toBe('az');
  expect(await page.locator('#state').textContent()).toContain('Növbəniz');
  expect(await page.locator('meta[http-equiv=refresh]').getAttribute('content')).toBe('30');
  await page.locator('#leave').click();
  await page.locator('#confirm-leave').click();
  expect(await status(page)()).toBe('cancelled');
  await context.close();
});

test.each(['id', 'az', 'ru', 'en'])('on a small phone nothing of it is cut off: %s', async (language) => {
  await issue();
  await issue();
  await issue();
  const { link } = await issue(language);
  const { page, faults } = await openPage(browser, `${hall.address}/v/${link}`, phone);
  await keepPicture(page, `visit-waiting-${language}`);
  expect(await overflowing(page)).toEqual([]);
  await page.goto(`${hall.address}/v/${link}?language=${language}&leave=1`);
  expect(await overflowing(page)).toEqual([]);
  expect(faults).toEqual([]);
  await emptyLine();
});

test('the page is told to no other site, found by no search and small; a link that opens nothing says so', async () => {
  const { link } = await issue();
  const answer = await fetch(`${hall.address}/v/${link}`);
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('x-robots-tag')).toContain('noindex');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
  const text = await answer.text();
  expect(text).not.toMatch(/https?:/);
  let bytes = text.length;
  for (const [, asset] of text.matchAll(/(?:src|href)="(\/display\/[^"]+)"/g)) {
    const { body, ...file } = await fetch(`${hall.address}${asset}`).then(async (got) => ({
      status: got.status,
      body: await got.text(),
    }));
    expect(file.status, asset).toBe(200);
    bytes += body.length;
  }
  expect(bytes).toBeLessThan(60_000);
  const wrong = await fetch(`${hall.address}/v/${'A'.repeat(22)}`, { headers: { 'accept-language': 'ru' } });
  expect(wrong.status).toBe(404);
  expect(await wrong.text()).toContain('Эта ссылка не открывает талон');
  const hostile = await fetch(`${hall.address}/v/${encodeURIComponent('"><script>alert(1)</script>')}`);
  expect(await hostile.text()).not.toContain('<script>alert');
});
