import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { expect, test } from 'vitest';
import { openPage } from './browser.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

const blueprint = shippedBlueprint('mpp-banyuwangi');
const { hall, browser } = await startScreens({ ...blueprint, languages: ['id', 'az', 'ru', 'en'] });
const pictures = fileURLToPath(new URL('../../artefacts/screens', import.meta.url));
const phones = { small: { width: 320, height: 640 }, usual: { width: 390, height: 844 } };
const desk = counterServing(blueprint, 'DUK');
const agent = await hall.staff('ani', desk.counterId);

/** Of a visitor who was served. @returns the address of the page */
const served = async (language = 'en'): Promise<string> => {
  const { body } = await hall.visitor.post('/tickets', { serviceId: 'DUK-01', language });
  for (const act of ['call-next', 'start', 'finish']) {
    const done = await agent.post(`/counters/${desk.counterId}/${act}`);
    expect(done.status, JSON.stringify(done.body)).toBe(200);
  }
  return `${hall.address}/v/${String(body.link)}`;
};
const kept = () =>
  hall.sql<{ stars: number | null; marks: string }[]>`
    select stars, concat_ws('', u1, u2, u3, u4, u5, u6, u7, u8, u9) as marks from visit_answer`;
const send = (url: string, fields: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

test('[SURVEY-1] [SURVEY-2] without a script: one touch rates, and nine answers are sent, changed and left', async () => {
  await hall.sql`delete from visit_answer`;
  const url = await served();
  const context = await browser.newContext({ viewport: phones.small, javaScriptEnabled: false });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(url);
  await page.getByRole('button', { name: '4 of 5 stars' }).click();
  expect(await page.locator('#rated').textContent()).toContain('4 of 5');
  expect([...(await kept())]).toEqual([{ stars: 4, marks: '' }]);
  expect(await page.locator('[aria-pressed=true]').getAttribute('value')).toBe('4');
  expect(await page.locator('.star.given').count()).toBe(4);
  await page.locator('#star-2').click();
  expect(await page.locator('#rated').textContent()).toContain('2 of 5');
  // Loading it anew sends nothing again.
  await page.reload();
  expect(new URL(page.url()).pathname).toBe(new URL(url).pathname);

  await page.locator('#survey').click();
  // What is being answered is not lost by a page that loads itself anew.
  expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(0);
  await page.locator('#skip').click();
  await page.locator('#survey').click();
  for (const element of [1, 2, 4, 5, 6, 8, 9]) await page.locator(`#u${element} input[value="3"]`).check();
  await page.locator('#send-survey').click();
  expect(await page.getByRole('alert').textContent()).toContain('Questions 3, 7 have no answer yet');
  expect(await page.locator('.question.missing').count()).toBe(2);
  expect(await page.locator('input:checked').count()).toBe(7);
  expect([...(await kept())]).toEqual([{ stars: 2, marks: '' }]);
  // By the whole of the answer, not only by its dot.
  await page.locator('#u3 .mark').nth(0).click();
  await page.locator('#u7 .mark').nth(3).click();
  await page.locator('#send-survey').click();
  await page.locator('#answered').waitFor();
  expect([...(await kept())]).toEqual([{ stars: 2, marks: '331333433' }]);
  await page.locator('#survey').click();
  expect(await page.locator('input:checked').count()).toBe(9);
  await page.locator('#u3 input[value="4"]').check();
  await page.locator('#send-survey').click();
  await page.locator('#answered').waitFor();
  expect([...(await kept())]).toEqual([{ stars: 2, marks: '334333433' }]);
  await context.close();
});

test('[SURVEY-1] [SURVEY-2] to look does nothing, and what the page does not send says nothing', async () => {
  await hall.sql`delete from visit_answer`;
  const url = await served('id');
  for (const query of ['', '?survey=1', '?stars=5', '?survey=1&u1=1'])
    expect((await fetch(url + query)).status).toBe(200);
  for (const [path, about] of [
    ['/rate', ''],
    ['/survey', '?survey=1'],
  ] as const) {
    const answer = await fetch(url + path, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, new URL(url).pathname + about]);
  }
  for (const stars of ['', '0', '6', '05', '5.0', '-1', 'five', '5 ']) {
    expect((await send(`${url}/rate`, { stars })).status, stars).toBe(303);
  }
  const all = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((element) => [`u${element}`, '4']));
  for (const wrong of [{}, { ...all, u9: '5' }, { ...all, u1: '0' }, { ...all, u1: '"><script>alert(1)</script>' }]) {
    const answer = await send(`${url}/survey`, wrong);
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(text).toContain('belum dijawab');
    expect(text).not.toContain('<script>alert');
  }
  expect([...(await kept())]).toEqual([]);
  const { body } = await hall.visitor.post('/tickets', { serviceId: 'DUK-01' });
  const waiting = `${hall.address}/v/${String(body.link)}`;
  expect(await (await fetch(waiting)).text()).not.toContain('star-1');
  for (const [path, fields] of [
    ['/rate', { stars: '5' }],
    ['/survey', all],
  ] as const) {
    expect((await send(waiting + path, fields)).status, path).toBe(409);
    expect((await send(`${hall.address}/v/${'A'.repeat(22)}${path}`, fields)).status, path).toBe(404);
  }
  expect([...(await kept())]).toEqual([]);
  // Else it would be the next to be called.
  expect((await send(`${waiting}/cancel`, { commandId: randomUUID() })).status).toBe(303);
});

test.each(catalogueLanguages)(
  'on phones nothing of it is cut off, and it can be used by all: %s',
  { timeout: 120_000 },
  async (language) => {
    const url = await served(language);
    const { page, context, faults } = await openPage(browser, url, phones.small);
    const lookAtBoth = async (name: string): Promise<void> => {
      for (const [shape, size] of Object.entries(phones)) {
        await page.setViewportSize(size);
        await page.evaluate(() => window.scrollTo(0, 0));
        await look(page, `survey-${name}-${shape}-${language}`);
        await page.screenshot({ path: `${pictures}/survey-${name}-whole-${shape}-${language}.png`, fullPage: true });
      }
    };
    await lookAtBoth('asked');
    await page.locator('#star-4').click();
    await page.locator('#rated').waitFor();
    await lookAtBoth('rated');
    await page.locator('#survey').click();
    await page.locator('#u1 .mark').nth(2).click();
    await page.locator('#send-survey').click();
    await page.getByRole('alert').waitFor();
    await lookAtBoth('questions');
    for (let element = 2; element <= 9; element++) await page.locator(`#u${element} .mark`).nth(2).click();
    await page.locator('#send-survey').click();
    await page.locator('#answered').waitFor();
    // The same in another language.
    await page.locator('.languages a').first().click();
    await eventually(() => page.locator('#answered').count()).toBe(1);
    const targets = await page.locator('.star').evaluateAll((stars) =>
      stars.map((star) => {
        const { width, height } = star.getBoundingClientRect();
        return Math.min(width, height);
      }),
    );
    expect(Math.min(...targets)).toBeGreaterThanOrEqual(44);
    expect(faults).toEqual([]);
    await context.close();
  },
);
