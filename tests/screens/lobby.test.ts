import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage } from './browser.ts';
import { eventually } from './eventually.ts';
import { closeEach, lookInEach, openInEach } from './each-language.ts';
import { look, lookWhole } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('asan');
// The first seven counters are those of the recent calls.
const last = shipped.counters.slice(7).find(({ serves }) => serves.agencies)!;
// As long as a notice may be.
const sentence = {
  az: 'Şəxsiyyət vəsiqənizi gətirin. ',
  ru: 'Возьмите с собой паспорт. ',
  en: 'Bring your ID. ',
  id: 'Bawa KTP. ',
};
const notice = Object.fromEntries(
  Object.entries(sentence).map(([language, text]) => [language, text.repeat(12).slice(0, 119).trim()]),
);
const blueprint: Blueprint = {
  ...shipped,
  languages: ['az', 'ru', 'en', 'id'],
  rules: { ...shipped.rules, rejoin: { withinMinutes: 30, times: 2, late: 'end-of-line' } },
  screens: [
    { id: 'own', layout: 'board', zone: { counters: [last.id] }, notice },
    { id: 'above', layout: 'sign', zone: { counters: [last.id] } },
  ],
};
const { hall, browser } = await startScreens(blueprint);
const shapes = {
  full: { width: 1920, height: 1080 },
  fine: { width: 3840, height: 2160 },
  upright: { width: 1080, height: 1920 },
  small: { width: 1366, height: 768 },
};
const nameLength = ({ name }: Blueprint['services'][number]): number => name.az!.length;
const byName = [...blueprint.services].sort((a, b) => nameLength(b) - nameLength(a));
const service = byName.find(({ agency }) => last.serves.agencies?.includes(agency))!;
const agent = await hall.staff('zaur', last.id);

/** As small panels above a counter are: as good as square, very long, or upright. */
const signs = {
  square: { width: 1024, height: 768 },
  long: { width: 1920, height: 540 },
  upright: { width: 600, height: 1024 },
};
const longestNamed = byName.slice(0, 2);

/** Somebody takes a ticket, and the next is called at the last counter. @returns the number that is called */
const callOne = async (): Promise<string> => {
  await hall.visitor.post('/tickets', { serviceId: service.id, language: 'az' });
  const { body } = await agent.post(`/counters/${last.id}/call-next`);
  return (body.ticket as { number: string }).number;
};
const missOne = async (): Promise<string> => {
  const number = await callOne();
  await agent.post(`/counters/${last.id}/miss`);
  return number;
};

/** Sizes of what must be read from afar, in hundredths of the height (UX 4.1); a TV that hangs upright has those of the same panel lying. */
const sizesOf = (page: Page, names: Record<string, string>): Promise<Record<string, number>> =>
  page.evaluate((wanted) => {
    const unit = Math.min(innerWidth, innerHeight) / 100;
    const sizeOf = (selector: string): number =>
      parseFloat(getComputedStyle(document.querySelector(selector)!).fontSize) / unit;
    return Object.fromEntries(Object.entries(wanted).map(([name, selector]) => [name, sizeOf(selector)]));
  }, names);

test(
  '[SHOW-8] [WAIT-5] who missed a call, and how long newcomers wait, are on the lobby TV; read from afar, in every shape',
  { timeout: 300_000 },
  async () => {
    // Waits are told once they are learnt from: those of a line that moves.
    for (let count = 0; count < 40; count++) await hall.visitor.post('/tickets', { serviceId: service.id });
    for (let count = 0; count < 40; count++) {
      for (const act of ['call-next', 'start', 'finish']) await agent.post(`/counters/${last.id}/${act}`);
    }
    const missed: string[] = [];
    for (let count = 0; count < 5; count++) missed.unshift(await missOne());
    for (const { id, serves } of blueprint.counters.slice(0, 7)) {
      const serviceId = blueprint.services.find(({ agency }) => serves.agencies?.includes(agency))!.id;
      await hall.visitor.post('/tickets', { serviceId });
      await (await hall.staff(`agent-${id}`, id)).post(`/counters/${id}/call-next`);
    }
    const lines = [service, ...longestNamed].map(({ id }) => id);
    for (const serviceId of lines)
      for (let count = 0; count < 14; count++) await hall.visitor.post('/tickets', { serviceId });

    for (const [shape, size] of Object.entries(shapes)) {
      const { page, context, faults } = await openPage(browser, `${hall.address}/tv?lang=az`, size);
      await page.getByTestId('missed').waitFor();
      const shown = await page.locator('[data-missed]').evaluateAll((all) => all.map(({ textContent }) => textContent));
      expect(shown).toEqual(missed.slice(0, 4));
      await eventually(() => page.locator('[data-range]').count(), 60_000).toBeGreaterThan(0);
      expect(await page.locator('[data-range]').first().textContent()).toMatch(/^\d+–\d+ (dəq|мин)$/);
      await lookWhole(page, `tv-${shape}-az`);
      // As it is every second day.
      await page.locator('.calls').evaluate((calls) => calls.classList.toggle('swapped'));
      await lookWhole(page, `tv-${shape}-az-swapped`);
      const { number, row, label } = await sizesOf(page, {
        number: '.panel .number',
        row: '.row .ticket',
        label: '.panel .label',
      });
      // Rounded; a TV that hangs upright has room for a little less.
      const shrunk = shape === 'upright' ? 0.92 : 0.999;
      expect(number, shape).toBeGreaterThanOrEqual(24.5);
      expect(row, shape).toBeGreaterThanOrEqual(11 * shrunk);
      expect(label, shape).toBeGreaterThanOrEqual(5 * shrunk);
      expect(faults).toEqual([]);
      await context.close();
    }
    const { page, context } = await openPage(browser, `${hall.address}/tv?lang=ru`, shapes.full);
    await page.getByTestId('missed').waitFor();
    await look(page, 'tv-full-ru');
    await context.close();
  },
);

test('[SCREEN-1] a TV for a part of the hall shows its own calls, lines and missed, however many others call', async () => {
  const number = await callOne();
  const { page, context, faults } = await openPage(browser, `${hall.address}/tv?lang=az&screen=own`, shapes.full);
  await page.locator('[data-call]').first().waitFor();
  expect(
    await page.locator('[data-call]').evaluateAll((all) => all.map((one) => one.getAttribute('data-call'))),
  ).toEqual([number]);
  expect(await page.getByTestId('waiting-count').textContent()).toBe('14');
  for (const [shape, size] of Object.entries(shapes)) {
    await page.setViewportSize(size);
    await eventually(() => page.getByTestId('footer').textContent(), 90_000).toContain(notice.az);
    await lookWhole(page, `tv-own-${shape}-az`);
  }
  expect(faults).toEqual([]);
  await context.close();
});

test('[SCREEN-1] a sign shows whom its counter calls, and why it calls nobody; an address of no screen says so', async () => {
  const { page, context, faults } = await openPage(browser, `${hall.address}/tv?lang=ru&screen=above`, shapes.full);
  const sign = page.getByTestId('sign');
  await sign.locator('[data-call]').waitFor();
  const beside = await openInEach(
    browser,
    (language) => `${hall.address}/tv?lang=${language}&screen=above`,
    signs.square,
  );
  const says = (status: string, count: number) => async (each: Page) => {
    await each.locator(`[data-testid=sign][data-status=${status}]`).waitFor();
    await eventually(() => each.locator('[data-call]').count()).toBe(count);
  };
  await look(page, 'tv-sign-called');
  await lookInEach(beside, 'tv-sign-called', says('open', 1));
  for (const [shape, size] of Object.entries(signs)) {
    await page.setViewportSize(size);
    await lookWhole(page, `tv-sign-${shape}-called`);
  }
  await agent.post(`/counters/${last.id}/miss`);
  const number = await callOne();
  await page.locator(`[data-call="${number}"]`).waitFor();
  await agent.post(`/counters/${last.id}/miss`);
  await eventually(() => sign.textContent()).toContain('Ждите своего номера');
  await lookInEach(beside, 'tv-sign-free', says('open', 0));
  await agent.post(`/counters/${last.id}/pause`, { reason: 'meal' });
  await eventually(() => sign.textContent()).toContain('Скоро вернёмся');
  await lookWhole(page, 'tv-sign-paused');
  await lookInEach(beside, 'tv-sign-paused', says('paused', 0));
  await closeEach(beside);
  await agent.post(`/counters/${last.id}/close`);
  await eventually(() => sign.textContent()).toContain('Окно закрыто');
  for (const [shape, size] of Object.entries(signs)) {
    await page.setViewportSize(size);
    await lookWhole(page, `tv-sign-${shape}`);
  }
  await page.goto(`${hall.address}/tv?lang=ru&screen=nowhere`);
  await page.getByTestId('no-screen').waitFor();
  expect(await page.getByTestId('no-screen').textContent()).toContain('nowhere');
  expect(faults).toEqual([]);
  await context.close();
});
