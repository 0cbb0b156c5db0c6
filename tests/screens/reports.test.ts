import { readFile } from 'node:fs/promises';
import { VisitLegs } from '@antrean/server/insight/keep-legs.ts';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { ReportView } from '@antrean/shared/protocol/report.ts';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { madeLedger } from '../harness/made-ledger.ts';
import { plantLedger } from '../harness/plant-ledger.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
const languages = [...catalogueLanguages];
const { hall, browser } = await startScreens({ ...shipped, languages });

/** Another hall of which there are days. */
const branch = 'with-days';
const blueprint = { ...shipped, branch, languages };
const dates = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];
await plantLedger(hall.sql, branch, madeLedger({ blueprint, seed: 3, dates, ticketsADay: 140, counters: 12 }));
await importBlueprint(hall.sql, blueprint);

/** And one where agents may choose. */
const picky = 'with-picks';
const ofPicky = { ...blueprint, branch: picky, rules: { ...blueprint.rules, agentsMayChoose: true } };
await plantLedger(hall.sql, picky, madeLedger({ blueprint: ofPicky, seed: 4, dates, ticketsADay: 140, counters: 3 }));
await importBlueprint(hall.sql, ofPicky);

const open = async (
  search: string,
  {
    size = sizes.counter as { width: number; height: number },
    login = 'manager',
    password = hall.managerPassword,
  } = {},
) => {
  const { page, context, faults } = await openPage(browser, `${hall.address}/reports?${search}`, size);
  await signInOnPage(page, login, password);
  return { page, context, faults };
};
const period = `branch=${branch}&from=${dates[0]}&to=${dates.at(-1)}`;
const isShown = (page: Page) => page.locator('main[aria-busy=false]').waitFor();
const stat = (page: Page, id: string) => page.locator(`[data-stat=${id}]`).textContent();

test('[REPORT-4] a manager comes from the overview, splits the days and takes the table along', async () => {
  const { page, context, faults } = await openPage(browser, `${hall.address}/manager?branch=${branch}`, sizes.counter);
  await signInOnPage(page, 'manager', hall.managerPassword);
  await page.locator('[data-action=reports]').click();
  await isShown(page);
  // Nothing happened in the last thirty days.
  await page.getByTestId('nothing').waitFor();
  expect(await stat(page, 'joined')).toBe('0');
  await page.locator('[name=from]').fill(dates[0]!);
  await page.locator('[name=to]').fill(dates.at(-1)!);
  await page.locator('[name=to]').blur();
  await eventually(() => page.locator('tbody tr').count()).toBe(dates.length + 1);
  await page.locator('[name=by]').selectOption('service');
  await eventually(() => new URL(page.url()).searchParams.get('by')).toBe('service');
  await isShown(page);
  const { search } = new URL(page.url());
  // As the API has it, to whoever is signed in here.
  const path = `/v1/branches/${branch}/report?from=${dates[0]}&to=${dates.at(-1)}&by=service&targetMinutes=15`;
  const report = await page.evaluate(async (from) => (await (await fetch(from)).json()) as ReportView, path);
  await eventually(() => page.locator('tbody tr').count()).toBe(report.rows.length + 1);
  for (const { key, joined } of report.rows) {
    expect(await page.locator(`[data-row="${key}"] td`).first().textContent()).toBe(String(joined));
  }
  await page.locator('[name=targetMinutes]').fill('0');
  await page.locator('[name=targetMinutes]').blur();
  expect(new URL(page.url()).search).toBe(search);
  await page.locator('[name=targetMinutes]').fill('30');
  await page.locator('[name=targetMinutes]').blur();
  await eventually(() => new URL(page.url()).searchParams.get('targetMinutes')).toBe('30');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-action=csv]').click()]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(report.rows.length + 2);
  expect(lines[1]).toContain(`,service,*,`);
  expect(lines[1]).toContain(`,${report.all.joined},${report.all.called},`);
  // Whoever is sent the address sees the same.
  await page.reload();
  await eventually(() => page.locator('[name=targetMinutes]').inputValue()).toBe('30');
  await eventually(() => page.locator('tbody tr').count()).toBe(report.rows.length + 1);
  expect(faults).toEqual([]);
  await context.close();
});

test(
  '[REPORT-4] in every language, wide and beside another program, with what the figures mean',
  { timeout: 180_000 },
  async () => {
    for (const [index, language] of languages.entries()) {
      const { page, context, faults } = await open(`${period}&by=service&lang=${language}`);
      await isShown(page);
      await page.locator('[data-row=all]').waitFor();
      await look(page, `reports-${language}-wide`);
      const by = (['day', 'hour', 'weekday', 'agency', 'counter', 'agent', 'priority', 'channel'] as const)[index * 2]!;
      await page.locator('[name=by]').selectOption(by);
      await eventually(() => new URL(page.url()).searchParams.get('by')).toBe(by);
      await page.setViewportSize({ width: 420, height: 768 });
      await isShown(page);
      await page.locator('.definitions summary').click();
      await look(page, `reports-${language}-beside`);
      expect(faults).toEqual([]);
      await context.close();
    }
  },
);

test('[REPORT-6] whoever is of no hall sees all, by hall, and comes from there to the report of one', async () => {
  await new VisitLegs(hall.sql).catchUpAll();
  const { page, context, faults } = await open(`${period}&by=counter`);
  await isShown(page);
  await page.locator('[name=halls]').selectOption('all');
  // Counters are a hall's own.
  await eventually(() => new URL(page.url()).searchParams.get('by')).toBe('branch');
  await page.locator(`[data-row="${branch}"] a`).waitFor();
  const report = await page.evaluate(
    async (from) => (await (await fetch(from)).json()) as ReportView,
    `/v1/report?from=${dates[0]}&to=${dates.at(-1)}&by=branch`,
  );
  expect(report.rows.map(({ key }) => key)).toEqual([branch, picky]);
  expect(await page.locator(`[data-row="${branch}"] td`).first().textContent()).toBe(String(report.rows[0]!.joined));
  await look(page, 'reports-all-halls-en');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-action=csv]').click()]);
  expect(download.suggestedFilename()).toContain('antrean-report-all-branch');
  await page.locator(`[data-row="${branch}"] a`).click();
  await page.locator(`[data-row="${dates[0]}"]`).waitFor();
  expect(await page.locator('[name=halls]').inputValue()).toBe('one');
  expect(faults).toEqual([]);
  await context.close();
  const password = await createStaff(hall.sql, {
    login: 'of-one',
    displayName: 'One',
    role: 'manager',
    branchId: branch,
  });
  const ofOne = await open(`${period}&halls=all`, { login: 'of-one', password });
  await isShown(ofOne.page);
  expect(await ofOne.page.locator('[name=halls]').count()).toBe(0);
  await ofOne.context.close();
});

test('[REPORT-7] two periods beside each other, in every language: what each had, how many, and the difference', async () => {
  for (const language of languages) {
    const days = `branch=${branch}&from=${dates[2]}&to=${dates[3]}`;
    const { page, context, faults } = await open(`${days}&by=agency&lang=${language}&compare=before`);
    await page.getByTestId('compared').waitFor();
    const told = async (id: string): Promise<string[]> =>
      (await page.locator(`[data-compared=${id}] td`).allTextContents()).map((text) =>
        text.replaceAll(/\s+/g, ' ').trim(),
      );
    const report = await page.evaluate(
      async (from) => (await (await fetch(from)).json()) as ReportView,
      `/v1/branches/${branch}/report?from=${dates[2]}&to=${dates[3]}&compare=before`,
    );
    const [now, earlier, difference] = await told('joined');
    expect(now).toContain(String(report.all.joined));
    expect(earlier).toContain(String(report.compared!.all.joined));
    const by = report.all.joined - report.compared!.all.joined;
    if (by !== 0) expect(difference).toContain(`${by > 0 ? '+' : '−'}${Math.abs(by)}`);
    expect((await told('wait'))[0]).toContain(`n = ${report.all.wait.count}`);
    await look(page, `reports-compared-${language}`);
    await page.setViewportSize({ width: 420, height: 768 });
    await look(page, `reports-compared-${language}-beside`);
    if (language === 'en') {
      await page.locator('[name=compare]').selectOption('own');
      await page.locator('[name=compareFrom]').fill(dates[0]!);
      await page.locator('[name=compareFrom]').blur();
      await page.locator('[name=compareTo]').fill(dates[0]!);
      await page.locator('[name=compareTo]').blur();
      await eventually(() => new URL(page.url()).searchParams.get('compare')).toBe(`${dates[0]}..${dates[0]}`);
      // Each agency had few on one day: the differences are greyed.
      await page.locator('[data-compared-row] .few').first().waitFor();
      await page.locator('[name=compare]').selectOption('');
      await eventually(() => page.getByTestId('compared').count()).toBe(0);
      expect(new URL(page.url()).searchParams.has('compare')).toBe(false);
    }
    expect(faults).toEqual([]);
    await context.close();
  }
});

test('[REPORT-10] whom agents picked by hand, as many as the report counts, with the way to the story of each', async () => {
  const { page, context, faults } = await openPage(
    browser,
    `${hall.address}/reports?branch=${picky}&from=${dates[0]}&to=${dates.at(-1)}&lang=en`,
    sizes.counter,
  );
  await signInOnPage(page, 'manager', hall.managerPassword);
  await page.locator('[data-row=all]').waitFor();
  const count = Number(await page.locator('[data-row=all] td').last().textContent());
  expect(count).toBeGreaterThan(0);
  await page.locator('.picks summary').click();
  const list = page.locator('[data-pick]');
  await eventually(() => list.count()).toBe(Math.min(count, 50));
  expect(await page.getByTestId('picks-count').textContent()).toContain(String(count));
  await list.first().scrollIntoViewIfNeeded();
  await look(page, 'reports-picks-en');
  await page.setViewportSize({ width: 420, height: 768 });
  await look(page, 'reports-picks-en-beside');
  await page.setViewportSize(sizes.counter);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-action=legs]').click()]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  const joined = Number(await page.locator('[data-row=all] td').first().textContent());
  expect(lines).toHaveLength(joined + 1);
  const number = await list.first().locator('a').textContent();
  await list.first().locator('a').click();
  await eventually(() => new URL(page.url()).searchParams.get('ticket')).toBe(number);
  expect(new URL(page.url()).pathname).toBe('/past');
  expect(faults).toEqual([]);
  await context.close();
});

test('[REPORT-8] the workbook is downloaded in the language of the page', async () => {
  const { page, context } = await open(`${period}&by=agency&lang=ru`);
  await page.locator('[data-row=all]').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-action=xlsx]').click()]);
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  const parts = unzipSync(new Uint8Array(await readFile(await download.path())));
  expect(strFromU8(parts['xl/sharedStrings.xml']!)).toContain('Ведомство');
  await context.close();
});

test("[REPORT-5] the manager's page tells of today what a report of today tells", async () => {
  const { manager, visitor } = hall;
  await manager.post('/day/open');
  const [service] = shipped.services;
  const desk = counterServing(shipped, service!.agency);
  const agent = await hall.staff('sari', desk.counterId);
  const issued = [];
  for (let count = 0; count < 4; count++) {
    const { status, body } = await visitor.post('/tickets', { serviceId: service!.id, language: 'id' });
    expect(status, JSON.stringify(body)).toBe(201);
    issued.push((body.ticket as { id: string }).id);
  }
  await manager.post(`/tickets/${issued[3]}/cancel`);
  for (const act of ['call-next', 'start', 'finish', 'call-next', 'miss']) {
    const { status, body } = await agent.post(`/counters/${desk.counterId}/${act}`);
    expect(status, `${act}: ${JSON.stringify(body)}`).toBe(200);
  }
  const { page, context } = await openPage(
    browser,
    `${hall.address}/manager?branch=${hall.branchId}&lang=en`,
    sizes.counter,
  );
  await signInOnPage(page, 'manager', hall.managerPassword);
  await eventually(() => stat(page, 'withinTarget')).toBe('100 %');
  // Three of four waits have ended: two by a call, one by leaving.
  await eventually(() => stat(page, 'abandoned')).toBe('33 %');
  await eventually(() => stat(page, 'noShows')).toBe('0 %');
  await manager.post(`/tickets/${issued[1]}/no-show`);
  await eventually(() => stat(page, 'noShows')).toBe('50 %');
  await look(page, 'reports-today-en');
  await context.close();
});

test('[REPORT-4] a period that is none, a lost connection and an account that may not are told in words', async () => {
  const { page, context } = await open(`branch=${branch}&from=2026-03-05&to=2026-03-02`);
  await page.getByTestId('problem').waitFor();
  await look(page, 'reports-en-wrong-period');
  await page.locator('[name=to]').fill('2026-03-05');
  await page.locator('[name=to]').blur();
  await page.locator('[data-row=all]').waitFor();
  await eventually(() => page.getByTestId('problem').count()).toBe(0);
  await context.setOffline(true);
  await page.locator('[name=by]').selectOption('hour');
  await page.getByTestId('problem').waitFor();
  // What was shown stays.
  expect(await page.locator('[data-row=all]').count()).toBe(1);
  await look(page, 'reports-en-offline');
  await context.close();
  const password = await createStaff(hall.sql, { login: 'ayu', displayName: 'Ayu', role: 'agent', branchId: branch });
  const agent = await open(period, { login: 'ayu', password });
  await agent.page.locator('.problem').waitFor();
  expect(await agent.page.locator('table').count()).toBe(0);
  await agent.context.close();
});
