import { applyBlueprint } from '@antrean/server/setup/apply-blueprint.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signInOnPage, sizes } from './browser.ts';
import { current, press, shows, startCounters } from './counters.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { shippedBlueprint } from './screens-hall.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
const blueprintWith = (rules: Partial<Blueprint['rules']>): Blueprint => ({
  ...shipped,
  rules: { ...shipped.rules, undoSeconds: 600, ...rules },
});
// So long that no test that stops it meets its end.
const { hall, opened, open, openCounter, take } = await startCounters(blueprintWith({ nextAfterSeconds: 60 }));

/** Gives the hall other rules, and the page what follows from them. */
const changeRules = async (page: Page, rules: Partial<Blueprint['rules']>): Promise<void> => {
  const { nextAfterSeconds } = rules;
  await applyBlueprint(hall.sql, blueprintWith(rules));
  await eventually(async () => ((await hall.visitor.get('')).body.rules as { nextAfterMs?: number }).nextAfterMs).toBe(
    nextAfterSeconds && nextAfterSeconds * 1_000,
  );
  await page.reload();
  await page.locator('[data-action=main]').waitFor();
};

const counting = (page: Page) => page.getByTestId('next-in');
/** A countdown begins with the answer to the act, so it is there or not when the screen has come to rest. */
const countsNothing = async (page: Page): Promise<void> => {
  await shows(page, 'open');
  await page.locator('[aria-busy=false]').waitFor();
  expect(await counting(page).count()).toBe(0);
};
const serve = async (page: Page): Promise<void> => {
  await press(page, 'F2', 'main');
  await shows(page, 'called');
  await press(page, 's', 'start');
  await shows(page, 'serving');
};
/** Ends the visit at the desk and sees a countdown begin. */
const finish = async (page: Page): Promise<void> => {
  await press(page, 'e', 'finish');
  await counting(page).waitFor();
};

/** Bodies of all "call next" that a page sends from now on. */
const callsOf = (page: Page): unknown[] => {
  const calls: unknown[] = [];
  page.on('request', (request) => request.url().endsWith('/call-next') && calls.push(request.postDataJSON()));
  return calls;
};

test('[AUTO-1] an ended visit begins a countdown; opening, an empty line, a break and whoever comes begin none', async () => {
  const { page, services } = await openCounter('sari', 15);
  await take(services[0]);
  await page.getByTestId('wait-for-you').waitFor();
  await countsNothing(page);
  await serve(page);
  await press(page, 'e', 'finish');
  await countsNothing(page);
  await take(services[0]);
  await page.getByTestId('wait-for-you').waitFor();
  await countsNothing(page);
  await press(page, 'b', 'pause');
  await press(page, '1');
  await shows(page, 'paused');
  await page.locator('[data-action=resume]').click();
  await countsNothing(page);
  // Back in line, the next one called would be the same.
  await press(page, 'F2', 'main');
  await shows(page, 'called');
  await press(page, 'l', 'return');
  await countsNothing(page);
  await take(services[0]);
  await serve(page);
  await finish(page);
  // Said once; what is left is seen.
  const said = page.locator('[role=status]', { hasText: 'The next visitor is called in 60 seconds. Esc stops it.' });
  await eventually(() => counting(page).textContent()).toMatch(/^Next visitor in [1-5]\d\ss/);
  expect(await said.count()).toBe(1);
  const left = async () => Number(/\d+/.exec((await counting(page).textContent()) ?? '')?.[0]);
  await eventually(left).toBeLessThan(59);
  expect(await said.count()).toBe(1);
  // The bar shrinks, but not for whoever wants nothing to move.
  const bar = page.locator('.bar > *');
  expect(await bar.evaluate((element) => element.getAnimations()[0]?.effect?.getTiming().duration)).toBe(60_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await bar.isVisible()).toBe(false);
  // Somebody at another counter calls the last who waited: there is nobody left to call.
  const other = await hall.staff('other', 'loket-16');
  expect((await other.post('/counters/loket-16/call-next')).status).toBe(200);
  await counting(page).waitFor({ state: 'detached' });
  expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
}, 120_000);

test('[AUTO-2] it is stopped by Esc, "Not now", taking back, a dialog, and whatever else the agent does', async () => {
  const { page, services } = await openCounter('budi', 17);
  const calls = callsOf(page);
  for (let count = 0; count < 8; count++) await take(services[0]);
  await serve(page);
  await finish(page);
  await page.keyboard.press('Escape');
  await countsNothing(page);

  await serve(page);
  await finish(page);
  await page.locator('[data-action=not-now]').click();
  await countsNothing(page);

  // Taken back the visit goes on, and ended again it begins anew.
  await press(page, 'Control+z', 'undo');
  await shows(page, 'serving');
  await finish(page);
  await press(page, 'Control+z', 'undo');
  await shows(page, 'serving');
  expect(await counting(page).count()).toBe(0);
  await finish(page);

  // A dialog of the desk, and one of the head of the page, whose Esc is its own.
  await press(page, 'b', 'pause');
  await page.locator('dialog').waitFor();
  expect(await counting(page).count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await countsNothing(page);
  await press(page, 'F2', 'main');
  await shows(page, 'called');
  await press(page, 'n', 'miss');
  await counting(page).waitFor();
  await page.locator('[data-action=account]').click();
  await page.locator('dialog').waitFor();
  await counting(page).waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await countsNothing(page);

  // Set aside, and called by oneself: once.
  await serve(page);
  await press(page, 'h', 'hold');
  await press(page, '2');
  await counting(page).waitFor();
  const before = calls.length;
  await press(page, 'F2', 'main');
  await shows(page, 'called');
  expect(await counting(page).count()).toBe(0);
  expect(calls.length).toBe(before + 1);
  expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
}, 120_000);

test('[AUTO-1] [AUTO-2] of two pages only the one where the visit was ended counts, and an act at the other stops it', async () => {
  const { page, services } = await openCounter('citra', 18);
  await take(services[0]);
  await take(services[0]);
  const second = await page.context().newPage();
  await second.goto(page.url());
  await serve(page);
  await shows(second, 'serving');
  await finish(page);
  await countsNothing(second);
  await press(second, 'b', 'pause');
  await press(second, '1');
  await counting(page).waitFor({ state: 'detached' });
  await shows(page, 'paused');
  expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
}, 120_000);

test(
  '[AUTO-1] in four languages, over the whole screen and beside an office program',
  { timeout: 240_000 },
  async () => {
    const password = await hall.hire('rina', 'Rina');
    const [service] = shipped.services.filter(({ agency }) => agency === 'KJR');
    for (let count = 0; count < 9; count++) await take(service?.id);
    for (const language of ['id', 'en', 'az', 'ru']) {
      const page = await open(`/counter?lang=${language}`);
      await page.locator(`html[lang=${language}]`).waitFor();
      await signInOnPage(page, 'rina', password);
      // Who has a counter open is back at it.
      await page.locator('[data-counter="20"], [data-action=main]').first().waitFor();
      if (await page.locator('[data-counter="20"]').count()) await page.locator('[data-counter="20"]').click();
      await page.locator('[data-next]').first().waitFor();
      await serve(page);
      await finish(page);
      await look(page, `counter-next-in-${language}`);
      await page.setViewportSize(sizes.beside);
      await look(page, `counter-next-in-${language}-beside`);
      // The buttons stay where they are, so that nobody who is about to press one presses another.
      const mainButton = () => page.locator('[data-action=main]').boundingBox();
      const place = await mainButton();
      await page.keyboard.press('Escape');
      await countsNothing(page);
      expect(await mainButton()).toEqual(place);
      await page.setViewportSize(sizes.counter);
      await page.keyboard.press('?');
      await page.locator('dialog').waitFor();
      await look(page, `counter-next-in-${language}-keys`);
      await page.close();
    }
    expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
  },
);

test('[AUTO-1] at its end the next is called, once and as by hand; without the rule nothing of it is there', async () => {
  const { page, services } = await openCounter('dewi', 19);
  await changeRules(page, { nextAfterSeconds: 3 });
  const calls = callsOf(page);
  const [, second] = [await take(services[0]), await take(services[0]), await take(services[0])];
  await serve(page);
  await page.locator(`[data-next="${second.number}"]`).waitFor();
  await press(page, 'e', 'finish');
  await shows(page, 'called');
  expect(await current(page)).toBe(second.number);
  expect(calls).toHaveLength(2);
  expect(Object.keys(calls[1] as object)).toEqual(Object.keys(calls[0] as object));
  await changeRules(page, {});
  await press(page, 's', 'start');
  await shows(page, 'serving');
  await press(page, 'e', 'finish');
  await page.getByTestId('wait-for-you').waitFor();
  await countsNothing(page);
  await page.keyboard.press('?');
  await page.locator('dialog').waitFor();
  expect(await page.locator('dialog kbd', { hasText: 'Esc' }).count()).toBe(0);
  expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
}, 120_000);
