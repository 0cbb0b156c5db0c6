import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { expect, test } from 'vitest';
import { openPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { lookAtKiosk } from './each-language.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('asan');
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const open = { opens: '00:00', closes: '23:59' };
/** Open on every day but today and the two beside it, wherever the clock of the hall stands. */
const notToday = Object.fromEntries(
  [2, 3, 4, 5].map((days) => [weekdays[(new Date().getUTCDay() + days) % 7], { opens: '09:30', closes: '17:00' }]),
);
const longest = (services: Blueprint['services']): Blueprint['services'] =>
  [...services].sort((a, b) => (b.name.az ?? '').length - (a.name.az ?? '').length);
const [some, others] = shipped.agencies
  .map(({ id }) => shipped.services.filter(({ agency }) => agency === id))
  .sort((a, b) => b.length - a.length);
const [full, alsoClosed, lastNumber] = longest(some!);
const blueprint: Blueprint = {
  ...shipped,
  dayStartsAt: '00:00',
  hours: { week: Object.fromEntries(weekdays.map((day) => [day, open])) },
  rules: { ...shipped.rules, issuesOnlyInHours: true },
  languages: ['az', 'ru', 'en', 'id'],
  services: shipped.services.map((service) => {
    if (service.id === full!.id) return { ...service, quota: 2 };
    if (service.id === lastNumber!.id) return { ...service, quota: 1 };
    const isClosed = service.id === alsoClosed!.id || service.agency === others![0]!.agency;
    return isClosed ? { ...service, hours: { week: notToday } } : service;
  }),
};
const { hall, browser } = await startScreens(blueprint);

test('[HOURS-5] what gives no numbers says why and when it does, and changes while a visitor looks', async () => {
  const { page, context, faults } = await openPage(browser, `${hall.address}/kiosk?lang=en`, sizes.kiosk);
  const tile = (id: string) => page.locator(`[data-tile="${id}"]`);
  const turnTo = async (id: string): Promise<void> => {
    await page.locator('[data-tile]').first().waitFor();
    while ((await tile(id).count()) === 0) await page.locator('.more').click();
  };
  const shutAgency = others![0]!.agency;
  await turnTo(shutAgency);
  // Every service of it is closed: it says so, and still leads to what each of them says.
  await eventually(() => tile(shutAgency).textContent(), 20_000).toMatch(
    /Closed now\. Next numbers: [A-Z]\w+day, \d+\s\w+, 09:30/,
  );
  await tile(shutAgency).click();
  await tile(others![0]!.id).waitFor();
  expect(await page.locator('[data-tile][aria-disabled=true]').count()).toBe(await page.locator('[data-tile]').count());
  await page.getByRole('button', { name: 'Back' }).click();

  await turnTo(some![0]!.agency);
  await tile(some![0]!.agency).click();
  await turnTo(alsoClosed!.id);
  expect(await tile(alsoClosed!.id).textContent()).toMatch(/Closed now\. Opens: /);
  // It can be touched in vain only.
  await tile(alsoClosed!.id).click({ force: true });
  expect(await tile(alsoClosed!.id).count()).toBe(1);

  await page.getByRole('button', { name: 'Back' }).click();
  await turnTo(some![0]!.agency);
  await tile(some![0]!.agency).click();
  await turnTo(full!.id);
  expect(await tile(full!.id).getAttribute('aria-disabled')).toBeNull();
  for (let count = 0; count < 2; count++) await hall.visitor.post('/tickets', { serviceId: full!.id });
  await eventually(() => tile(full!.id).textContent(), 20_000).toMatch(
    /All 2 numbers for today are taken\. Next numbers: /,
  );
  expect(await tile(full!.id).getAttribute('aria-disabled')).toBe('true');
  expect(faults).toEqual([]);
  await context.close();
}, 120_000);

test('[HOURS-5] a service that shuts while its page is looked at gives no number there either', async () => {
  const { page, context } = await openPage(browser, `${hall.address}/kiosk?lang=en`, sizes.kiosk);
  const tile = (id: string) => page.locator(`[data-tile="${id}"]`);
  await tile(lastNumber!.agency).click();
  while ((await tile(lastNumber!.id).count()) === 0) await page.locator('.more').click();
  await tile(lastNumber!.id).click();
  expect(await page.getByTestId('take').isEnabled()).toBe(true);
  await hall.visitor.post('/tickets', { serviceId: lastNumber!.id });
  await eventually(() => page.getByTestId('take').isDisabled(), 20_000).toBe(true);
  expect(await page.locator('[role=status].repeating').textContent()).toMatch(/The one number for today is taken\./);
  await lookAtKiosk(page, 'kiosk-shut-check');
  await context.close();
}, 120_000);

test('[HOURS-5] the longest names of what is shut have room in every language, upright and lying', async () => {
  for (const [shape, size] of Object.entries({ upright: sizes.kiosk, lying: sizes.kioskWide })) {
    for (const language of ['en', 'id', 'az', 'ru']) {
      const { page, context } = await openPage(browser, `${hall.address}/kiosk?lang=${language}`, size);
      await page.locator('[data-tile]').first().waitFor();
      await look(page, `kiosk-shut-agencies-${language}-${shape}`);
      await page.locator(`[data-tile="${some![0]!.agency}"]`).click();
      while ((await page.locator(`[data-tile="${full!.id}"]`).count()) === 0) await page.locator('.more').click();
      await look(page, `kiosk-shut-services-${language}-${shape}`);
      await context.close();
    }
  }
}, 240_000);

test('[HOURS-6] a hall that has closed its day says when it opens, in every language, upright and lying', async () => {
  await hall.manager.post('/day/close');
  const { page, context } = await openPage(browser, `${hall.address}/kiosk?lang=en`, sizes.kiosk);
  await page.getByRole('heading', { name: 'The hall is closed now' }).waitFor();
  await eventually(() => page.getByRole('alert').textContent(), 20_000).toMatch(
    /Opens: [A-Z]\w+day, \d+\s\w+, 00:00 Numbers are given out/,
  );
  for (const [shape, size] of Object.entries({ upright: sizes.kiosk, lying: sizes.kioskWide })) {
    await page.setViewportSize(size);
    for (const [at, language] of blueprint.languages.entries()) {
      await page.locator('.language').nth(at).click();
      await page.locator(`html[lang=${language}]`).waitFor();
      await look(page, `kiosk-closed-${language}-${shape}`);
    }
  }
  await context.close();
}, 120_000);

test('[HOURS-6] the board of a hall that has closed its day says when it opens', async () => {
  await hall.manager.post('/day/close');
  for (const language of ['az', 'en', 'id', 'ru']) {
    const { page, context, faults } = await openPage(browser, `${hall.address}/tv?lang=${language}`, sizes.tv);
    await eventually(() => page.locator('[data-opens]').first().textContent(), 20_000).toMatch(/: .*\d+.*, 00:00$/);
    expect(await page.locator('[data-opens]').count()).toBe(2);
    await look(page, `tv-closed-opens-${language}`);
    await page.setViewportSize({ width: sizes.tv.height, height: sizes.tv.width });
    await look(page, `tv-closed-opens-${language}-upright`);
    expect(faults).toEqual([]);
    await context.close();
  }
}, 120_000);
