import { createStaff } from '@antrean/server/access/create-staff.ts';
import type { StaffRole } from '@antrean/shared/domain/permissions.ts';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { twoAgencies } from '../harness/plain-hall.ts';
import { writePastDay } from '../harness/write-past-day.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { startProxy } from './cuttable-proxy.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { startScreens } from './screens-hall.ts';

const languages = ['en', 'id', 'az', 'ru'];
const blueprint = { ...twoAgencies, languages };
const { hall, browser } = await startScreens(blueprint);
const proxy = await startProxy(hall.address);
afterAll(() => proxy.close());

/** Long past, in a summer and a winter time that no zone of these tests changes on that day. */
const date = '2026-01-05';
const came = (visitor: number): number => Date.parse(`${date}T01:00:01Z`) + visitor * 14_400;

const open = async (
  path: string,
  {
    login = 'manager',
    password = hall.managerPassword,
    size = sizes.counter as { width: number; height: number },
    address = hall.address,
  } = {},
): Promise<{ page: Page; faults: string[] }> => {
  const { page, faults } = await openPage(browser, `${address}${path}`, size);
  await signInOnPage(page, login, password);
  return { page, faults };
};
const isThere = (page: Page) => page.locator('main[aria-busy=false][data-at]').waitFor();
const numberIn = async (page: Page, stat: string) =>
  Number((await page.locator(`[data-stat=${stat}]`).textContent())?.replaceAll(/\D/g, ''));
const hire = (login: string, role: StaffRole, agencyId: string | null = null) =>
  createStaff(hall.sql, { login, displayName: login, role, branchId: hall.branchId, agencyId });

test('a hall of which nothing is to be told yet says so, in every language', async () => {
  for (const language of languages) {
    const { page, faults } = await open(`/past?lang=${language}`);
    await page.getByTestId('no-days').waitFor();
    await look(page, `past-${language}-none`);
    expect(faults).toEqual([]);
    await page.context().close();
  }
});

test('[PAST-1] [PAST-3] a manager goes through a past day by slider, keyboard, buttons and by itself', async () => {
  await writePastDay(hall.sql, date, 2_000);
  const { page, faults } = await open('/manager?lang=en');
  await page.locator('[data-action=past]').click();
  await isThere(page);
  expect(new URL(page.url()).searchParams.get('day')).toBe(date);
  // As the day ended.
  expect(await numberIn(page, 'issued')).toBe(2_000);
  expect(await numberIn(page, 'waiting')).toBe(0);

  const slider = page.locator('[name=minute]');
  await slider.focus();
  await page.keyboard.press('Home');
  await eventually(() => numberIn(page, 'issued')).toBe(0);
  const at = () => page.locator('main').getAttribute('data-at').then(Number);
  const begun = await at();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowRight');
  await eventually(at).toBe(begun + 11 * 60_000);
  await isThere(page);
  // Who had come by then, and who of them had not been called for a minute.
  const had = (until: number) =>
    Array.from({ length: 2_000 }, (_, visitor) => came(visitor)).filter((each) => each <= until).length;
  const now = begun + 11 * 60_000;
  expect(await numberIn(page, 'issued')).toBe(had(now));
  expect(await numberIn(page, 'waiting')).toBe(had(now) - had(now - 60_000));
  expect(await page.locator('[data-state=called]').count()).toBeGreaterThan(0);
  expect(await page.getByTestId('on-tv').locator('[data-call]').count()).toBeGreaterThan(3);
  await look(page, 'past-en-busy');
  await page.locator('[data-move="10"]').click();
  await page.locator('[data-move="-1"]').click();
  await eventually(at).toBe(begun + 20 * 60_000);
  await page.locator('[data-action=play]').click();
  await eventually(at).toBeGreaterThanOrEqual(begun + 22 * 60_000);
  await page.locator('[data-action=play]').click();
  await isThere(page);

  // The address is where one is: whoever opens it sees the same.
  const version = (shown: Page) => shown.getByTestId('version').getAttribute('data-version');
  const { pathname, search } = new URL(page.url());
  const other = await open(`${pathname}${search}`);
  await isThere(other.page);
  expect(await version(other.page)).toBe(await version(page));
  expect([...faults, ...other.faults]).toEqual([]);
  await page.locator('[data-action=to-hall]').click();
  await page.locator('[data-action=past]').waitFor();
  expect(new URL(page.url()).searchParams.get('at')).toBeNull();
  await Promise.all([page, other.page].map((each) => each.context().close()));
});

test('[PAST-4] a number leads to its story, and a step of it to its moment', async () => {
  const { page, faults } = await open(`/past?lang=en&day=${date}&at=${came(400) + 1_000}`);
  await isThere(page);
  await page.locator('[data-state=called] [data-ticket]').first().click();
  await page.getByTestId('story').waitFor();
  expect(await page.locator('[data-step]').count()).toBe(3);
  await look(page, 'past-en-story');
  await page.keyboard.press('Escape');
  await page.locator('[name=number]').fill('a 7');
  await page.keyboard.press('Enter');
  await page.getByText('The story of A007').waitFor();
  expect(new URL(page.url()).searchParams.get('ticket')).toBe('A7');
  expect(await page.locator('[data-step="ticket.called"]').textContent()).toMatch(/counter 7/);
  await page.locator('[data-step="ticket.called"] button').click();
  await eventually(() => page.locator('main').getAttribute('data-at').then(Number)).toBe(came(6) + 60_000);
  await isThere(page);
  await page.locator('[name=number]').fill('Z99');
  await page.keyboard.press('Enter');
  await page.locator('dialog').getByText(`No ticket of ${date}`).waitFor();
  await look(page, 'past-en-no-story');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('in every language, in a window beside others, and where the set-up has changed since', async () => {
  // As of a set-up with another counter, which is gone.
  await hall.sql`update ticket_event set data = replace(replace(data::text, '"C-8"', '"C-OLD"'), '"setupRevision":1', '"setupRevision":7')::json
    where version < 1000000`;
  for (const language of languages) {
    for (const [size, name] of [
      [sizes.counter, 'wide'],
      [sizes.beside, 'beside'],
    ] as const) {
      const { page, faults } = await open(`/past?lang=${language}&day=${date}&at=${came(700) + 1_000}`, { size });
      await isThere(page);
      await page.getByTestId('set-up-changed').waitFor();
      await page.getByText('C-OLD').first().waitFor();
      expect(await numberIn(page, 'open')).toBe(8);
      await look(page, `past-${language}-${name}`);
      await page.locator('[name=number]').fill('A007');
      await page.keyboard.press('Enter');
      await page.getByTestId('story').waitFor();
      if (name === 'beside') await look(page, `past-${language}-story`);
      expect(faults).toEqual([]);
      await page.context().close();
    }
  }
});

test('[PAST-2] an agency’s administrator sees no totals and no other’s desk; an agent is not let in', async () => {
  const chief = await open(`/past?lang=en&day=${date}&at=${came(700) + 1_000}`, {
    login: 'bella',
    password: await hire('bella', 'agency-administrator', 'B'),
  });
  await isThere(chief.page);
  expect(await chief.page.locator('[data-stat=issued]').count()).toBe(0);
  expect(await chief.page.locator('[data-state=called]').count()).toBe(0);
  expect(await chief.page.getByTestId('on-tv').locator('[data-call]').count()).toBeGreaterThan(3);
  const agent = await open('/past?lang=en', { login: 'ani', password: await hire('ani', 'agent') });
  await agent.page.getByRole('alert').waitFor();
  await look(agent.page, 'past-en-not-allowed');
  await agent.page.goto(`${hall.address}/manager?lang=en`);
  await agent.page.locator('[data-stat=waiting]').waitFor();
  expect(await agent.page.locator('[data-action=past]').count()).toBe(0);
});

test('a moment that cannot be had is told as such, and a day that is none', async () => {
  const { page } = await open(`/past?lang=en&day=${date}&at=${came(700)}`, { address: proxy.address });
  await isThere(page);
  const shown = await page.locator('main').getAttribute('data-at');
  proxy.cut();
  await page.locator('[data-move="1"]').click();
  await page.getByTestId('offline').waitFor();
  // What is shown stays, under its own time.
  expect(await page.locator('main').getAttribute('data-at')).toBe(shown);
  await look(page, 'past-en-offline');
  proxy.heal();
  await eventually(() => page.locator('main').getAttribute('data-at').then(Number)).toBeGreaterThan(Number(shown));
  expect(await page.getByTestId('offline').count()).toBe(0);
  await page.goto(`${proxy.address}/past?lang=en&day=2020-01-06`);
  await page.getByTestId('problem').waitFor();
  await look(page, 'past-en-no-such-day');
});

test('the days of all years can be chosen, the latest first', async () => {
  await hall.sql`
    insert into ticket (branch_id, business_day, number, id, service_id)
    select ${hall.branchId}, date '2025-12-31' - n, 'A001', gen_random_uuid(), 'S-0' from generate_series(0, 899) n`;
  const { page, faults } = await open(`/past?lang=en&day=${date}`);
  await isThere(page);
  const days = page.locator('select[name=day] option');
  await eventually(() => days.count(), 20_000).toBeGreaterThanOrEqual(901);
  const values = await days.evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  expect(values).toEqual([...values].sort().reverse());
  expect(new Set(values).size).toBe(values.length);
  expect(values).toContain('2023-07-16');
  // What is looked at stays chosen.
  expect(await page.locator('select[name=day]').inputValue()).toBe(date);
  expect(faults).toEqual([]);
  // What is wrong with the day of the address stays said, too.
  await page.goto(`${hall.address}/past?lang=en&day=2020-01-06`);
  await eventually(() => days.count(), 20_000).toBeGreaterThanOrEqual(901);
  expect(await page.getByTestId('problem').count()).toBe(1);
}, 60_000);
