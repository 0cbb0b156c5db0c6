import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { startCounters } from './counters.ts';
import { lookAtStaff } from './each-language.ts';
import { look } from './look.ts';
import { shippedBlueprint } from './screens-hall.ts';

const { hall, browser, opened, openCounter } = await startCounters({
  ...shippedBlueprint('mpp-banyuwangi'),
  languages: ['en', 'id', 'az', 'ru'],
});

const call = (page: Page) => page.locator('[data-help]');
const says = (page: Page, text: string) => call(page).getByText(text).waitFor();

/** How many notes a page has sounded from now on. */
const countNotes = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const start = OscillatorNode.prototype.start;
    Object.assign(window, { notes: 0 });
    OscillatorNode.prototype.start = function (when) {
      (window as unknown as { notes: number }).notes += 1;
      start.call(this, when);
    };
  });
const notesOf = (page: Page) => page.evaluate(() => (window as unknown as { notes: number }).notes);

test('[HELP-3] one key calls colleagues, from a dialog too; they hear and see it, the caller sees who comes', async () => {
  const rudi = await openCounter('rudi', 15);
  const sari = await openCounter('sari', 16);
  const manager = await openPage(browser, `${hall.address}/manager?lang=en`, sizes.counter);
  await signInOnPage(manager.page, 'manager', hall.managerPassword);
  await manager.page.locator('[data-stat=waiting]').waitFor();
  for (const page of [rudi.page, sari.page, manager.page]) await countNotes(page);

  await rudi.page.keyboard.press('b');
  await rudi.page.locator('dialog[open]').waitFor();
  await rudi.page.keyboard.press('F9');
  await says(sari.page, 'Counter 15 needs help now: rudi');
  await says(manager.page, 'Counter 15 needs help now: rudi');
  await says(rudi.page, 'Colleagues have been called');
  await rudi.page.keyboard.press('Escape');
  expect([await notesOf(rudi.page), await notesOf(sari.page), await notesOf(manager.page)]).toEqual([0, 6, 6]);
  await lookAtStaff(sari.page, 'counter-colleague-calls', sizes.counter);
  await lookAtStaff(rudi.page, 'counter-colleagues-called', sizes.beside);
  await look(manager.page, 'manager-colleague-calls');

  await call(sari.page).getByRole('button', { name: 'I am going' }).click();
  await says(rudi.page, 'sari is coming to you');
  await says(manager.page, 'sari is going to counter 15');
  await lookAtStaff(rudi.page, 'counter-colleague-comes', sizes.beside);
  await lookAtStaff(sari.page, 'counter-colleague-goes', sizes.beside);
  await call(rudi.page).getByRole('button', { name: 'It is over' }).click();
  for (const page of [rudi.page, sari.page, manager.page]) await call(page).waitFor({ state: 'detached' });

  // By touch, and a call that cannot be sent is said.
  await rudi.page.route('**/call-colleagues', (route) => route.abort());
  await rudi.page.locator('[data-action=call-colleagues]').click();
  await rudi.page.getByTestId('message').getByText('No answer came').waitFor();
  await rudi.page.unroute('**/call-colleagues');
  await rudi.page.locator('[data-action=call-colleagues]').click();
  await says(sari.page, 'Counter 15 needs help now: rudi');
  expect([...opened, manager].flatMap(({ faults }) => faults)).toEqual([]);
}, 180_000);
