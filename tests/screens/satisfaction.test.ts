import { readFileSync } from 'node:fs';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { expect, test } from 'vitest';
import { ask } from '../http/ask.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

const blueprint = shippedBlueprint('mpp-banyuwangi');
const { hall, browser } = await startScreens({ ...blueprint, languages: ['id', 'az', 'ru', 'en'] });
const password = await createStaff(hall.sql, {
  ...{ login: 'chief', displayName: 'Siti Nurhaliza', role: 'administrator', branchId: null },
});
const desk = counterServing(blueprint, 'DUK');
const agent = await hall.staff('ani', desk.counterId);

/** Visitors who were served, some of whom say how it was. */
const serve = async (serviceId: string, visitors: readonly { stars?: number; marks?: number }[]): Promise<void> => {
  for (const { stars, marks } of visitors) {
    const { body } = await hall.visitor.post('/tickets', { serviceId });
    for (const act of ['call-next', 'start', 'finish']) {
      const done = await agent.post(`/counters/${desk.counterId}/${act}`);
      expect(done.status, JSON.stringify(done.body)).toBe(200);
    }
    const say = (what: string, said: object) =>
      ask(`${hall.address}/v1/visits/${String(body.link)}/${what}`, 'POST', { body: said });
    if (stars) expect((await say('rating', { stars })).status).toBe(204);
    if (marks) expect((await say('survey', { marks: [3, 3, marks, 4, 3, 4, 4, marks, 3] })).status).toBe(204);
  }
};

test('[SURVEY-5] an administrator sees what visitors say by service and period, and saves it as a table', async () => {
  const { page, faults } = await openPage(browser, `${hall.address}/admin?lang=en#/satisfaction`, sizes.counter);
  await signInOnPage(page, 'chief', password);
  await page.getByText('Nobody was served in these days.').waitFor();
  await serve(
    'DUK-01',
    [5, 4, 4, 5, 3, 4].map((stars) => ({ stars, marks: stars > 4 ? 4 : 2 })),
  );
  await serve('DUK-01', [{}, {}]);
  await serve('DUK-02', [{ stars: 1 }]);
  await page.locator('[data-action=show]').click();
  const textOf = (service: string) => () => page.locator(`[data-service="${service}"]`).textContent();
  await eventually(textOf('DUK-01')).toMatch(/8\s*6 \(75% of them\)\s*4\.17 of 6 answers/);
  // Marks 3 3 m 4 3 4 4 m 3: 24 + 2 m each; m is 4 twice and 2 four times: 6 × 24 + 2 × 16 = 176; 176 / 6 / 9 × 25 = 81.48.
  expect(await textOf('DUK-01')()).toContain('81.48 – B, good');
  expect(await textOf('DUK-02')()).toMatch(/1\s*1 \(100% of them\)\s*1 answer: too few\s*no answer/);
  expect(await textOf('*')()).toMatch(/9\s*7 \(78% of them\)\s*3\.71 of 7 answers\s*81\.48/);
  // All of it is of one agency.
  const [whole, agency] = await Promise.all([textOf('*')(), page.locator('[data-agency=DUK]').textContent()]);
  expect(agency?.match(/9\s*7 \(78.*/s)?.[0]).toBe(whole?.match(/9\s*7 \(78.*/s)?.[0]);
  expect(await page.locator('[data-wanted]').textContent()).toContain('wants 9 answers of so many visits; there are 6');
  expect(await page.locator('[data-element=u3]').textContent()).toMatch(/U3 Time\s*2\.667 of 4/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-action=export]').click()]);
  expect(download.suggestedFilename()).toMatch(/^antrean-satisfaction-mpp-banyuwangi-.*\.csv$/);
  expect(readFileSync(await download.path(), 'utf8')).toContain(',81.48,B');

  // A period goes into the address, and what is wrong with it is said.
  await page.locator('[name=from]').fill('2020-03-01');
  await page.locator('[name=to]').fill('2020-03-31');
  await page.locator('[data-action=show]').click();
  await page.getByText('Nobody was served in these days.').waitFor();
  expect(page.url()).toContain('#/satisfaction?from=2020-03-01&to=2020-03-31');
  await page.locator('[name=to]').fill('2020-02-01');
  await page.locator('[data-action=show]').click();
  await eventually(() => page.getByRole('alert').textContent()).toContain('at most 366 days');
  expect(faults).toEqual([]);
});

test.each(catalogueLanguages)(
  'nothing of it is cut off, and it can be used by all: %s',
  { timeout: 120_000 },
  async (language) => {
    const { page, context, faults } = await openPage(
      browser,
      `${hall.address}/admin?lang=${language}#/satisfaction`,
      sizes.counter,
    );
    await signInOnPage(page, 'chief', password);
    await page.locator('[data-element=u9]').waitFor();
    await look(page, `admin-satisfaction-${language}`);
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, `admin-satisfaction-phone-${language}`);
    expect(faults).toEqual([]);
    await context.close();
  },
);
