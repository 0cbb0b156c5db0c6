import { expect, test } from 'vitest';
import { aside, current, press, shows, startCounters } from './counters.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { shippedBlueprint } from './screens-hall.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
const services = shipped.services.map((service) => ({ ...service, standardMinutes: 1 }));
const { opened, openCounter, take } = await startCounters({ ...shipped, services });

test('keys are put elsewhere: none is had twice, what the browser needs is refused, and this browser keeps them', async () => {
  const { page, services } = await openCounter('sari', 17);
  const ticket = await take(services[0]);
  await page.locator(`[data-next="${ticket.number}"]`).waitFor();
  await page.keyboard.press('?');
  const told = page.getByTestId('keys-told');
  const keyOf = (action: string) => page.locator(`[data-key-of="${action}"] kbd`).textContent();
  await page.locator('[data-key-of=main]').focus();
  await page.keyboard.press('Enter');
  await look(page, 'counter-keys-asked-en');
  await page.keyboard.press('F5');
  await eventually(() => told.textContent()).toContain('F5 cannot be used here');
  await page.keyboard.press('3');
  await eventually(() => told.textContent()).toContain('3 cannot be used here');
  await page.keyboard.press('r');
  await eventually(() => told.textContent()).toBe('R is for “Call next, or start serving” now; “Recall” has F2.');
  expect([await keyOf('main'), await keyOf('recall')]).toEqual(['R', 'F2']);
  await page.locator('[data-key-of=hold]').click();
  await page.keyboard.press('Shift');
  await page.keyboard.press('+');
  await eventually(() => keyOf('hold')).toBe('+');
  // Esc leaves the key as it was, and the list open.
  await page.locator('[data-key-of=note]').click();
  await page.keyboard.press('Escape');
  await eventually(() => told.textContent()).toContain('Choose a line');
  expect([await keyOf('note'), await page.locator('dialog').count()]).toEqual(['M', 1]);
  await look(page, 'counter-keys-own-en');
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.reload();
  await press(page, 'r', 'main');
  await shows(page, 'called');
  expect(await page.locator('[data-action=recall] kbd').textContent()).toBe('F2');
  await press(page, 'F2', 'recall');
  await page.locator('.recalls', { hasText: '1' }).waitFor();
  await press(page, '+', 'hold');
  await press(page, '2');
  await aside(page, ticket).waitFor();
  await page.keyboard.press('?');
  await page.locator('[data-action=usual-keys]').click();
  expect([await keyOf('main'), await keyOf('recall'), await keyOf('hold')]).toEqual(['F2', 'R', 'H']);
  await page.keyboard.press('Escape');
  expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
}, 120_000);

test('the first visitor of an empty line is said: on the card, in the tab, by a soft sound, and over other windows if one wants', async () => {
  const { page, services } = await openCounter('nurul', 18);
  // What the browser would ask, and windows that lie over the page, are of the machine and not of the page.
  await page.addInitScript(() => {
    const heard: number[] = [];
    const shown: string[] = [];
    Object.assign(globalThis, { heard, shown });
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
      heard.push(this.frequency.value);
      start.call(this, when);
    };
    Object.assign(globalThis, {
      Notification: class {
        static readonly permission = 'default';
        static requestPermission(): Promise<string> {
          return Promise.resolve('granted');
        }
        constructor(text: string) {
          shown.push(text);
        }
      },
    });
    document.hasFocus = () => false;
  });
  const heard = () => page.evaluate(() => (globalThis as unknown as { heard: number[] }).heard.length);
  const shown = () => page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
  await page.reload();
  await page.locator('[data-action=tell-first]').waitFor();
  await look(page, 'counter-tell-first-en');
  await page.locator('[data-action=tell-first]').click();
  await page.locator('[data-action=tell-first]').waitFor({ state: 'detached' });
  const ticket = await take(services[0]);
  await eventually(() => page.getByTestId('wait-for-you').textContent()).toBe('1 visitor is waiting for you');
  await eventually(() => page.title()).toMatch(/^\(1\) Counter 18 – /);
  expect(await heard()).toBe(2);
  expect(await shown()).toEqual(['1 visitor is waiting for you']);
  await page.locator(`[data-next="${ticket.number}"]`).waitFor();
  await look(page, 'counter-first-visitor-en');
  // Another one behind the first is no news.
  await take(services[0]);
  await eventually(() => page.title()).toMatch(/^\(2\) /);
  expect([await heard(), (await shown()).length]).toEqual([2, 1]);
  await press(page, 'F2', 'main');
  await shows(page, 'called');
  expect(await current(page)).toBe(ticket.number);
  expect(await page.title()).toMatch(/^Counter 18 – /);
  expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
}, 120_000);

test(
  'how long a service takes is said against its standard: within it, nearly over, over',
  { timeout: 240_000 },
  async () => {
    const { page, services: served } = await openCounter('rina', 19);
    await take(served[0]);
    await press(page, 'F2', 'main');
    await shows(page, 'called');
    await press(page, 's', 'start');
    const time = page.locator('[data-standing]');
    await eventually(() => time.getAttribute('data-standing')).toBe('within');
    expect(await time.textContent()).toContain('of 1 min');
    await look(page, 'counter-standard-within-en');
    await eventually(() => time.getAttribute('data-standing'), 60_000).toBe('nearly');
    expect(await time.textContent()).toContain('of 1 min, nearly up');
    await look(page, 'counter-standard-nearly-en');
    await eventually(() => time.getAttribute('data-standing'), 60_000).toBe('over');
    expect(await time.textContent()).toContain('over the standard of 1 min');
    await look(page, 'counter-standard-over-en');
    expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
  },
);
