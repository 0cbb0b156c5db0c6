import { createStaff } from '@antrean/server/access/create-staff.ts';
import { parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foreignTexts, hiddenTexts, markupTexts } from '../abuse/hostile-texts.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { type OpenPage, openPage, overflowing, signInOnPage, sizes } from './browser.ts';
import { keepPicture } from './pictures.ts';
import { startScreens } from './screens-hall.ts';

/** Every text that the schemas take, as names of whatever a blueprint names. */
const texts = [...markupTexts, ...foreignTexts, 'Ж'.repeat(40), 'x y '.repeat(38).trim()];
const textOf = (index: number): string => texts[index % texts.length]!;
const both = (index: number) => ({ en: textOf(index), id: textOf(index + 1) });

const blueprint: Blueprint = {
  ...plainHall,
  name: both(0),
  languages: ['en', 'id'],
  agencies: Array.from({ length: 4 }, (_, index) => ({ id: `A-${index}`, name: both(index) })),
  services: Array.from({ length: texts.length }, (_, index) => ({
    id: `S-${index}`,
    agency: `A-${index % 4}`,
    name: both(index),
    prefix: 'ABCDEFGHJKLMNPRSTUVWXYZ'[index] ?? 'AA',
    requirements: { en: texts.slice(0, 12), id: texts.slice(0, 12) },
    source: textOf(index),
  })),
  counters: Array.from({ length: 6 }, (_, index) => ({
    id: `C-${index + 1}`,
    number: index + 1,
    area: both(index),
    serves: { agencies: ['A-0', 'A-1', 'A-2', 'A-3'] },
  })),
  priorities: [{ id: 'elderly', name: both(1), headStartMinutes: 20 }],
  journeys: [{ id: 'J', name: both(2), steps: [['S-0'], ['S-1', 'S-2']], source: textOf(3) }],
  notes: [...texts],
  rules: { ...plainHall.rules, confirmsArrival: true, callNextFinishes: false, remoteJoining: true },
};

const { hall, browser } = await startScreens(blueprint);
const short = (index: number): string => textOf(index).slice(0, 80).trim();
let password = '';

beforeAll(async () => {
  const name = '<img src=x onerror=alert(1)><b>Siti</b>';
  password = await createStaff(hall.sql as never, {
    login: 'siti',
    displayName: name,
    role: 'agent',
    branchId: hall.branchId,
  });
  const send = async (path: string, body: object = {}): Promise<string> => {
    const answer = await hall.manager.post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return (answer.body as { ticket?: { id: string } }).ticket?.id ?? '';
  };
  const tickets: string[] = [];
  for (let index = 0; index < texts.length; index++) {
    tickets.push(await send('/tickets', { serviceId: `S-${index}`, priority: 'elderly', language: 'en' }));
  }
  tickets.push(await send('/tickets', { journeyId: 'J' }));
  for (const [index, id] of tickets.entries()) await send(`/tickets/${id}/note`, { note: short(index) });
  for (let index = 14; index < 20; index++)
    await send(`/tickets/${tickets[index]}/hold`, { reason: short(index), minutes: 60 });
  for (let counter = 2; counter <= 5; counter++) {
    await send(`/counters/C-${counter}/open`, { agentId: `agent-${counter}` });
    if (counter < 5) await send(`/counters/C-${counter}/call-next`);
    else await send(`/counters/C-${counter}/pause`, { reason: markupTexts[0] });
  }
  await send('/counters/C-2/start');
}, 120_000);

const opened: OpenPage[] = [];
const dialogs: string[] = [];
const open = async (path: string, size: { width: number; height: number }): Promise<Page> => {
  const one = await openPage(browser, `${hall.address}${path}`, size);
  one.page.on('dialog', (dialog) => {
    dialogs.push(`${path}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  opened.push(one);
  return one.page;
};
afterAll(() => Promise.all(opened.map(({ context }) => context.close())));

/** Elements that can only have been made from a text of ours. */
const madeFromText = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'img[src="x"], iframe, [onload], [onerror], b b, body style, a[href^="javascript:"], script:not([src])',
      ),
    ].map(({ outerHTML }) => outerHTML.slice(0, 80)),
  );

const look = async (page: Page, name: string): Promise<void> => {
  await page.evaluate(() => document.fonts.ready);
  await keepPicture(page, `hostile-${name}`);
  expect.soft(await madeFromText(page), name).toEqual([]);
  expect.soft(await overflowing(page), name).toEqual([]);
};

/** What was said by any text that the page shows, as it was said. */
const shows = async (page: Page): Promise<number> => {
  const shown = (await page.locator('body').textContent()) ?? '';
  return texts.filter((text) => shown.includes(text) || shown.includes(text.slice(0, 80).trim())).length;
};

test('the blueprint itself is right: names may be markup and of any script, and never hold what is not seen', () => {
  expect(parseBlueprint(JSON.stringify(blueprint)).faults).toBeUndefined();
  for (const hidden of hiddenTexts) {
    const { faults } = parseBlueprint(JSON.stringify({ ...blueprint, name: { ...blueprint.name, en: hidden } }));
    expect(faults?.length, JSON.stringify(hidden)).toBeGreaterThan(0);
  }
});

test(
  'every page shows hostile texts as texts: nothing runs, nothing is made of them, nothing breaks',
  { timeout: 240_000 },
  async () => {
    const tv = await open('/tv?lang=en', sizes.tv);
    await tv.locator('[data-call]').first().waitFor();
    await look(tv, 'tv');
    // Lines come page by page, and a page may hold one alone.
    await expect.poll(() => shows(tv), { timeout: 20_000 }).toBeGreaterThan(2);

    const kiosk = await open('/kiosk', sizes.kiosk);
    await kiosk.locator('[data-tile]').first().waitFor();
    await look(kiosk, 'kiosk');
    expect(await shows(kiosk)).toBeGreaterThan(2);
    await kiosk.locator('[data-tile="A-0"]').click();
    await kiosk.locator('[data-tile^="S-"]').first().waitFor();
    await look(kiosk, 'kiosk-services');
    await kiosk.locator('[data-tile^="S-"]').first().click();
    await kiosk.locator('[data-testid=take]').waitFor();
    await look(kiosk, 'kiosk-service');
    await kiosk.locator('[data-testid=take]').click();
    await kiosk.locator('[data-testid=ticket-number]').waitFor();
    await look(kiosk, 'kiosk-ticket');

    const { body } = await hall.manager.get('/joining-code');
    const phone = await open(`/join/${hall.branchId}?code=${String(body.code)}`, { width: 320, height: 640 });
    await look(phone, 'join');
    expect(await shows(phone)).toBeGreaterThan(2);
    await phone.locator('[data-choice=J] a').click();
    await look(phone, 'join-journey');
    await phone.locator('#back').click();
    await phone.locator('[data-choice="A-0"] a').click();
    await look(phone, 'join-services');
    expect(await shows(phone)).toBeGreaterThan(2);
    await phone.locator('[data-choice^="S-"] a').first().click();
    await look(phone, 'join-service');
    expect(await shows(phone)).toBeGreaterThan(10);
    await phone.locator('#take').click();
    await phone.locator('#number').waitFor();
    await look(phone, 'visit');

    const counter = await open('/counter?lang=en', sizes.counter);
    await signInOnPage(counter, 'siti', password);
    await counter.locator('[data-counter="1"]').click();
    await counter.locator('[data-action=main]').click();
    await counter.locator('[data-testid=current-number]').waitFor();
    await look(counter, 'counter');
    expect(await shows(counter)).toBeGreaterThan(2);

    const manager = await open('/manager?lang=en', sizes.counter);
    await signInOnPage(manager, 'manager', hall.managerPassword);
    await manager.locator('[data-line]').first().waitFor();
    await look(manager, 'manager');
    expect(await shows(manager)).toBeGreaterThan(10);

    const setUp = await open(`/set-up?lang=${encodeURIComponent('<script>alert(1)</script>')}`, sizes.counter);
    await setUp.locator('main, form, h1').first().waitFor();
    await look(setUp, 'set-up');

    expect(dialogs).toEqual([]);
    expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
  },
);

test('what the policy keeps a page from is told to the server, and anything else is not taken', async () => {
  const page = await open('/tv', sizes.tv);
  const reported = page.waitForRequest((request) => request.url().endsWith('/v1/policy-reports'));
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="alert(1)">'));
  const request = await reported;
  expect(request.postDataJSON()).toMatchObject({ 'csp-report': { 'document-uri': `${hall.address}/tv` } });
  expect((await request.response())?.status()).toBe(204);
  expect(dialogs).toEqual([]);

  const send = (type: string, body: string, headers = {}) =>
    fetch(`${hall.address}/v1/policy-reports`, { method: 'POST', headers: { 'content-type': type, ...headers }, body });
  expect((await send('application/csp-report', '{"csp-report":')).status).toBe(400);
  expect((await send('application/csp-report', '{"csp-report":{"blocked-uri":{"toString":1}}}')).status).toBe(204);
  expect((await send('application/csp-report', `{"a":"${'x'.repeat(9_000)}"}`)).status).toBe(413);
  expect((await send('text/html', '<b>')).status).toBe(415);
  expect((await send('application/csp-report', '{}', { origin: 'https://evil.example' })).status).toBe(403);
});
