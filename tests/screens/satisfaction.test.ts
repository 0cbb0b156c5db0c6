import { readFileSync } from 'node:fs';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { lowestElements } from '@antrean/shared/views/lowest-elements.ts';
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
  // Marks 3 3 m 4 3 4 4 m 3: the two that were asked about with m are the lowest of the agency.
  const ofAgency = page.locator('[data-elements-of=DUK]');
  expect((await ofAgency.locator('td').allTextContents()).map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual([
    ...['6', '3.000', '3.000', '2.667 lowest', '4.000', '3.000', '4.000', '4.000', '2.667 lowest', '3.000'],
  ]);
  expect(await page.locator('[data-elements-of]').count()).toBe(1);
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

/** What visitors of the other agencies said, as if they had: one of them has few answers, one knows no lowest element. */
const saidElsewhere = async (): Promise<void> => {
  const others = blueprint.agencies.filter(({ id }) => id !== 'DUK').slice(0, 9);
  for (const [place, { id }] of others.entries()) {
    const service = blueprint.services.find(({ agency }) => agency === id);
    if (!service) continue;
    const mark = (element: number): number => (place === 1 ? 3 : 2 + ((place * 5 + element * 7) % 3));
    const marks = Array.from({ length: 9 }, (_, element) => mark(element)).join(', ');
    await hall.sql.unsafe(
      `insert into visit_answer (branch_id, business_day, service_id, unlink_after, stars, u1, u2, u3, u4, u5, u6, u7, u8, u9)
       select branch_id, business_day, $1, unlink_after, 4, ${marks} from visit_answer, generate_series(1, $2::int)
       where u1 is not null and stars = 5 and service_id = 'DUK-01'`,
      [service.id, place === 0 ? 1 : 4],
    );
  }
};

test('[SURVEY-5] the lowest elements are those with the least mean, and none where all are alike', async () => {
  expect([...lowestElements([3, 2.5, 4, 2.5])]).toEqual([1, 3]);
  expect([...lowestElements([3, 3, 3])]).toEqual([]);
  expect([...lowestElements([])]).toEqual([]);
  await saidElsewhere();
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
    const byAgency = page.locator('#by-agency-title');
    await byAgency.evaluate((title) => title.scrollIntoView());
    await look(page, `admin-satisfaction-elements-${language}`);
    await page.setViewportSize({ width: 420, height: 844 });
    await byAgency.evaluate((title) => title.scrollIntoView());
    await look(page, `admin-satisfaction-elements-${language}-beside`);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => scrollTo(0, 0));
    await look(page, `admin-satisfaction-phone-${language}`);
    expect(faults).toEqual([]);
    await context.close();
  },
);
