import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { beforeEach, expect, test } from 'vitest';
import { openPage } from './browser.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { keepPicture } from './pictures.ts';
import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

const blueprint = shippedBlueprint('mpp-banyuwangi');
const { hall, browser } = await startScreens({
  ...blueprint,
  languages: ['id', 'az', 'ru', 'en'],
  rules: { ...blueprint.rules, contactHours: 24 },
});
const phones = { small: { width: 320, height: 640 }, usual: { width: 390, height: 844 } };
const desk = counterServing(blueprint, 'DUK');
const agent = await hall.staff('ani', desk.counterId);
const number = '+62 811 2222 1864';
const digits = '6281122221864';

const issue = async (language = 'en'): Promise<string> => {
  const { body } = await hall.visitor.post('/tickets', { serviceId: 'DUK-01', language });
  return `${hall.address}/v/${String(body.link)}`;
};
const kept = () => hall.sql<{ language: string }[]>`select language from visitor_contact`;
const notes = async (): Promise<string[]> =>
  (
    await hall.sql<{ action: string; role: string }[]>`
    select action, role from audit_entry where action like 'person.%' order by seq`
  ).map(({ action, role }) => `${action} ${role}`);
beforeEach(async () => {
  await hall.sql`delete from visitor_contact`;
});

/** Sends a form as a browser does, and follows nowhere. */
const send = (url: string, fields: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

test('[PERSON-1] [PERSON-2] without a script: a number is left, seen masked, saved as a file and deleted', async () => {
  const url = await issue('en');
  const context = await browser.newContext({ viewport: phones.usual, javaScriptEnabled: false });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(url);
  await page.locator('#contact').click();
  // What is typed is not lost by a page that loads itself anew.
  expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(0);
  const text = (await page.locator('main').textContent()) ?? '';
  for (const said of ['No messages are sent', 'may call you', 'deleted by itself', 'delete it on this page']) {
    expect(text).toContain(said);
  }
  // Wrong, and without agreeing: said in words, and what was typed is still there.
  await page.locator('#phone').fill('0811 2222 1864');
  await page.locator('#give').click();
  expect(await page.getByRole('alert').textContent()).toContain('code of the country');
  expect(await page.locator('#phone').inputValue()).toBe('0811 2222 1864');
  await page.locator('#phone').fill(number);
  await page.locator('#give').click();
  expect(await page.getByRole('alert').textContent()).toContain('tick the box');
  expect(await kept()).toHaveLength(0);
  await page.locator('#consent').check();
  await page.locator('#give').click();
  expect(await page.locator('#kept').textContent()).toMatch(/^\+62 •+ 864$/);
  expect(await page.content()).not.toContain('2222');
  expect(await kept()).toEqual([{ language: 'en' }]);
  // Loading it anew sends nothing again.
  await page.reload();
  expect(new URL(page.url()).pathname).toBe(new URL(url).pathname);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#export').click()]);
  expect(download.suggestedFilename()).toMatch(/^antrean-\d{4}-\d\d-\d\d\.json$/);
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject({
    hall: blueprint.name,
    status: 'waiting',
    contacts: [{ phone: `+${digits}`, language: 'en', eraseAfter: expect.stringMatching(/^\d{4}-.*Z$/) }],
  });
  await page.locator('#erase').click();
  await page.locator('#keep').click();
  expect(await kept()).toHaveLength(1);
  await page.locator('#erase').click();
  await page.locator('#confirm-erase').click();
  await page.locator('#give').waitFor();
  expect(await kept()).toHaveLength(0);
  expect(await notes()).toEqual(['person.exported visitor', 'person.erased visitor']);
  await context.close();
});

test('[PERSON-1] to look at the pages does nothing, each form says why it did nothing, and once more does nothing more', async () => {
  const url = await issue('id');
  const before = (await notes()).length;
  for (const query of ['?contact=1', '?contact=1&erase=1', '?contact=1&phone=%2B6281122221864&consent=yes']) {
    expect((await fetch(url + query)).status).toBe(200);
  }
  // Where a form was refused, the browser stands at the form's address: loaded anew, it leads back to the page.
  for (const path of ['/contact', '/contact/erase', '/contact/export']) {
    const answer = await fetch(url + path, { redirect: 'manual' });
    expect(answer.status, path).toBe(303);
    expect(answer.headers.get('location'), path).toBe(`${new URL(url).pathname}?contact=1`);
  }
  expect([await kept(), (await notes()).length]).toEqual([[], before]);

  const said = async (answer: Response, status: number): Promise<string> => {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('text/html');
    return /<p class="notice" role="alert"[^>]*>([^<]*)</.exec(await answer.text())?.[1] ?? '';
  };
  const full = { phone: number, consent: 'yes' };
  for (const phone of [
    '',
    '0811',
    '+62',
    `+${'1'.repeat(16)}`,
    '+62 call me',
    '"><script>alert(1)</script>',
    '+1(((((((',
  ]) {
    expect(await said(await send(`${url}/contact`, { ...full, phone }), 400), phone).toContain('kode negara');
  }
  const hostile = await (await send(`${url}/contact`, { ...full, phone: '"><script>alert(1)</script>' })).text();
  expect(hostile).not.toContain('<script>alert');
  for (const consent of ['', 'no', 'true']) {
    expect(await said(await send(`${url}/contact`, { ...full, consent }), 400)).toContain('centang');
  }
  const json = await fetch(`${url}/contact`, {
    ...{ method: 'POST', body: '{"phone":{"a":1},"consent":["yes"]}' },
    headers: { 'content-type': 'application/json' },
  });
  expect(await said(json, 400)).toContain('kode negara');
  expect(await kept()).toHaveLength(0);

  // Written as people write it, and twice: kept once.
  for (const phone of ['0062 811.2222/1864', ` ${number} `]) {
    const answer = await send(`${url}/contact`, { ...full, phone });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${new URL(url).pathname}?contact=1`]);
  }
  expect(await kept()).toEqual([{ language: 'id' }]);
  for (const count of [0, 0]) {
    expect((await send(`${url}/contact/erase`)).status).toBe(303);
    expect(await kept()).toHaveLength(count);
  }
  // The second time there was nothing to note.
  expect((await notes()).length).toBe(before + 1);
  expect((await (await send(`${url}/contact/export`)).json()) as object).toMatchObject({ contacts: [] });

  const wrong = `${hall.address}/v/${'A'.repeat(22)}`;
  for (const path of ['/contact', '/contact/erase', '/contact/export']) {
    expect((await send(wrong + path, full)).status, path).toBe(404);
  }
});

test('[PERSON-1] a ticket that has ended takes no number, and what was left can still be seen and deleted', async () => {
  const url = await issue();
  const fields = { phone: number, consent: 'yes' };
  expect((await send(`${url}/contact`, fields)).status).toBe(303);
  const { page, faults } = await openPage(browser, url, phones.small);
  await page.locator('#leave').click();
  await page.locator('#confirm-leave').click();
  await eventually(() => page.locator('main').getAttribute('data-status')).toBe('cancelled');
  const late = await send(`${url}/contact`, fields);
  expect(late.status).toBe(409);
  expect(await late.text()).toContain('no longer in a state that allows this');
  await page.locator('#contact').click();
  await page.locator('#kept').waitFor();
  await page.locator('#erase').click();
  await page.locator('#confirm-erase').click();
  await page.locator('#nothing').waitFor();
  expect(await page.locator('#give').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('[LINK-1] whoever is typing is told of their turn, and keeps what was typed', { timeout: 90_000 }, async () => {
  while ((await agent.post(`/counters/${desk.counterId}/call-next`)).status === 200) {
    for (const act of ['start', 'finish']) await agent.post(`/counters/${desk.counterId}/${act}`);
  }
  const url = await issue();
  const { page, faults } = await openPage(browser, `${url}?contact=1`, phones.small);
  await page.locator('#phone').fill('+62 811');
  await agent.post(`/counters/${desk.counterId}/call-next`);
  await eventually(() => page.getByRole('alert').count(), 30_000).toBe(1);
  expect(await page.getByRole('alert').textContent()).toContain('It is your turn');
  expect(await page.locator('#phone').inputValue()).toBe('+62 811');
  await keepPicture(page, 'visit-contact-called-en');
  expect(faults).toEqual([]);
  for (const act of ['start', 'finish']) await agent.post(`/counters/${desk.counterId}/${act}`);
});

test.each(catalogueLanguages)(
  'on phones nothing of it is cut off, and it can be used by all: %s',
  { timeout: 120_000 },
  async (language) => {
    const url = await issue(language);
    const { page, context, faults } = await openPage(browser, url, phones.small);
    const lookAtBoth = async (name: string): Promise<void> => {
      for (const [shape, size] of Object.entries(phones)) {
        await page.setViewportSize(size);
        await page.evaluate(() => window.scrollTo(0, 0));
        await look(page, `visit-${name}-${shape}-${language}`);
      }
    };
    await look(page, `visit-with-data-small-${language}`);
    await page.locator('#contact').click();
    await page.locator('#phone').fill('811');
    await page.locator('#give').click();
    await page.getByRole('alert').waitFor();
    await lookAtBoth('contact-wrong');
    await page.screenshot({
      path: `${fileURLToPath(new URL('../../artefacts/screens', import.meta.url))}/visit-contact-whole-${language}.png`,
      fullPage: true,
    });
    await page.locator('#phone').fill(number);
    await page.locator('#consent').check();
    await page.locator('#give').click();
    await page.locator('#kept').waitFor();
    await lookAtBoth('contact-kept');
    await page.locator('#erase').click();
    await lookAtBoth('contact-erase');
    // Another language, and still the same question.
    await page.locator('.languages a').first().click();
    await page.locator('#confirm-erase').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  },
);
