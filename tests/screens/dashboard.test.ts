import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { TodayView, UsualView } from '@antrean/shared/protocol/dashboard.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signIn } from '../harness/api.ts';
import { daySoFar } from '../harness/day-so-far.ts';
import { plantLedger } from '../harness/plant-ledger.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { lookAtStaff } from './each-language.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = { ...shippedBlueprint('mpp-banyuwangi'), languages: ['en', 'id', 'az', 'ru'] };
const { hall, browser } = await startScreens(shipped);

/** Another hall in the middle of a day, with days before it. */
const branch = 'with-days';
const blueprint = { ...shipped, branch };
const daysBack = [1, 2, 3, 7, 8, 14, 21];
await plantLedger(hall.sql, branch, daySoFar(blueprint, { daysBack, ticketsADay: 400, counters: 14 }));
await importBlueprint(hall.sql, blueprint);

const open = async (search: string, size = sizes.counter as { width: number; height: number }) => {
  const opened = await openPage(browser, `${hall.address}/manager?${search}`, size);
  await signInOnPage(opened.page, 'manager', hall.managerPassword);
  await opened.page.locator('[data-chart=arrivals] svg text').first().waitFor();
  return opened;
};
const stat = (page: Page, id: string) => page.locator(`[data-stat=${id}]`).textContent();
const percent = ({ count, of }: { count: number; of: number }) => `${Math.round((count / of) * 100)} %`;

test('[TODAY-1] [TODAY-2] the day at a glance says what the server says of it, in tiles, table and charts', async () => {
  const { page, context, faults } = await open(`branch=${branch}&lang=en`);
  const manager = await signIn(hall.address, branch, 'manager', hall.managerPassword);
  const today = (await manager.get('/today')).body as unknown as TodayView;
  const usual = (await manager.get('/usual')).body as unknown as UsualView;
  expect(today.weekBefore).not.toBeNull();
  for (const share of ['withinTarget', 'abandoned', 'noShows'] as const) {
    await eventually(() => stat(page, share)).toBe(percent(today.all[share]));
  }
  const [row] = today.services.filter(({ wait }) => wait.count > 0);
  const names = blueprint.services.find(({ id }) => id === row!.key)!.name;
  const line = page.locator('.table tr', { hasText: names.en! }).first();
  expect(await line.textContent()).toContain(percent(row!.withinTarget));

  // Each chart as a table has what it was drawn from.
  await page.locator('[data-chart=heat] svg text').first().waitFor();
  for (const id of ['arrivals', 'waits', 'heat']) await page.locator(`[data-chart=${id}] button`).click();
  const cells = (id: string) =>
    page
      .locator(`[data-chart=${id}] tbody tr`)
      .evaluateAll((rows) =>
        rows.map((each) => [...each.querySelectorAll('td')].map(({ textContent }) => textContent)),
      );
  const waits = (await cells('waits')).map(([, count]) => Number(count));
  expect(waits.reduce((sum, each) => sum + each, 0)).toBe(today.all.called);
  const came = (await cells('arrivals')).map(([, joined]) => (joined === '–' ? 0 : Number(joined)));
  expect(came.reduce((sum, each) => sum + each, 0)).toBe(today.all.joined);
  expect((await cells('heat')).length).toBe(usual.hours.length);
  await look(page, 'dashboard-tables-en');
  expect(faults).toEqual([]);
  await context.close();
});

test('the dashboard in each language, wide, narrow and on a wall', { timeout: 240_000 }, async () => {
  const { page, context, faults } = await open(`branch=${branch}&lang=en`);
  await lookAtStaff(page, 'dashboard', sizes.counter);
  await lookAtStaff(page, 'dashboard-whole', { width: 1366, height: 1800 });
  await lookAtStaff(page, 'dashboard-narrow', sizes.beside);
  await page.locator('[data-action=wall]').click();
  await page.locator('[data-action=leave-wall]').waitFor();
  expect(await page.locator('button:visible').count()).toBe(1);
  for (const language of ['id', 'az', 'ru', 'en']) {
    await page.goto(`${hall.address}/manager?branch=${branch}&wall=1&lang=${language}`);
    await page.setViewportSize(sizes.tv);
    await page.locator('[data-chart=heat] svg text').first().waitFor();
    await page.locator('[data-stat=newcomer][data-good]').waitFor();
    await look(page, `dashboard-wall-${language}`);
    // All of it at once.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBeLessThanOrEqual(
      0,
    );
  }
  // A screen that starts again comes back to it.
  await page.reload();
  await page.locator('[data-chart=arrivals] svg text').first().waitFor();
  await page.locator('[data-action=leave-wall]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[data-action=wall]').waitFor();
  expect(new URL(page.url()).searchParams.has('wall')).toBe(false);
  expect(faults).toEqual([]);
  await context.close();
});

test('[COUNTER-4] [COUNTER-9] a manager moves an agent, brings one, ends a break and closes a counter from the page', async () => {
  const counter = (number: number) => shipped.counters.find((each) => each.number === number)!.id;
  const agent = await hall.staff('wayan', counter(1));
  await hall.staff('ketut', counter(2));
  const { page, context, faults } = await openPage(
    browser,
    `${hall.address}/manager?branch=${hall.branchId}&lang=en`,
    sizes.counter,
  );
  await signInOnPage(page, 'manager', hall.managerPassword);
  const state = (number: number, is: string) => page.locator(`[data-counter="${number}"][data-state=${is}]`).waitFor();
  const pick = (number: number) => page.locator(`[data-pick="${number}"]`).click();
  await state(1, 'idle');

  await pick(1);
  await page.locator('[name=to]').selectOption(counter(5));
  await lookAtStaff(page, 'dashboard-move-to', sizes.counter, { isCovered: true });
  await page.locator('[data-action=move-agent]').click();
  await state(5, 'idle');
  await state(1, 'closed');
  expect(await page.locator('dialog').count()).toBe(0);

  await pick(7);
  await page.locator('[name=from]').selectOption(counter(2));
  await lookAtStaff(page, 'dashboard-bring', sizes.beside, { isCovered: true });
  await page.locator('[data-action=move-agent]').click();
  await state(7, 'idle');
  await state(2, 'closed');

  const service = shipped.services.find(({ agency }) => shipped.counters[4]!.serves.agencies?.includes(agency))!.id;
  await hall.visitor.post('/tickets', { serviceId: service });
  await agent.post(`/counters/${counter(5)}/call-next`);
  await state(5, 'called');
  await pick(5);
  await page.getByTestId('busy').waitFor();
  expect(await page.locator('[data-action=close-counter]').count()).toBe(0);
  await look(page, 'dashboard-counter-busy-en');
  await page.keyboard.press('Escape');
  await pick(7);
  await page.locator('[data-action=close-counter]').click();
  await state(7, 'closed');
  await pick(7);
  await page.getByTestId('nobody-to-move').waitFor();
  await page.keyboard.press('Escape');

  await agent.post(`/counters/${counter(5)}/miss`);
  await agent.post(`/counters/${counter(5)}/pause`, { reason: 'prayer' });
  await state(5, 'paused');
  await pick(5);
  await page.locator('[data-action=end-break]').click();
  await state(5, 'idle');
  expect(faults).toEqual([]);
  await context.close();
});
