import { expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { openPage, sizes } from './browser.ts';
import { startScreens } from './screens-hall.ts';

const { hall, browser } = await startScreens(plainHall);

test('a visitor cannot leave, enlarge, mark or drag the page of a kiosk', async () => {
  const { page, context } = await openPage(browser, `${hall.address}/kiosk`, sizes.kiosk);
  await page.locator('[data-tile="A"]').click();
  await page.locator('[data-tile="S-0"]').waitFor();

  // By hand, as the browser's own doing shows.
  await page.mouse.dblclick(300, 260);
  expect(await page.evaluate(() => String(getSelection()))).toBe('');
  await page.keyboard.press('Control+A');
  expect(await page.evaluate(() => String(getSelection()))).toBe('');
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  expect(await page.evaluate(() => [visualViewport?.scale, devicePixelRatio])).toEqual([1, 1]);
  const devtools = await context.newCDPSession(page);
  const pinch = { x: 500, y: 900, scaleFactor: 2, gestureSourceType: 'touch' } as const;
  await devtools.send('Input.synthesizePinchGesture', pinch);
  expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
  for (const _ of [1, 2]) {
    await page.evaluate(() => history.back());
    await page.keyboard.press('Alt+ArrowLeft');
    await page.locator('[data-step=services]').waitFor();
  }
  expect(page.url()).toContain('/kiosk');

  // What a headless browser has no doing for: nobody but the page says that it shall not be done.
  const isLetThrough = (type: string, name: string, init: object) =>
    page.evaluate(
      ([kind, event, data]) => {
        const made = { KeyboardEvent, MouseEvent, DragEvent }[kind as 'MouseEvent'];
        return document.body.dispatchEvent(new made(event, { bubbles: true, cancelable: true, ...data }));
      },
      [type, name, init] as const,
    );
  for (const key of ['F5', 'F11', 'F12', 'BrowserBack', 'ContextMenu'])
    expect(await isLetThrough('KeyboardEvent', 'keydown', { key }), key).toBe(false);
  for (const key of ['p', 'r', 'w', 'n', '+'])
    expect(await isLetThrough('KeyboardEvent', 'keydown', { key, ctrlKey: true }), key).toBe(false);
  for (const name of ['contextmenu', 'auxclick'])
    expect(await isLetThrough('MouseEvent', name, { button: 1 }), name).toBe(false);
  expect(await isLetThrough('DragEvent', 'dragstart', {})).toBe(false);
  // The keys that visitors use do what they do; arrows move the focus (kiosk-ease).
  for (const key of ['Enter', ' ', 'Tab', 'a'])
    expect(await isLetThrough('KeyboardEvent', 'keydown', { key }), key).toBe(true);
  await context.close();
}, 60_000);

test('a touch is seen within 100 ms, and that the kiosk is busy within 300 ms', async () => {
  const { page, context } = await openPage(browser, `${hall.address}/kiosk`, sizes.kiosk);
  await page.locator('[data-tile="A"]').click();
  await page.locator('[data-tile="S-0"]').click();
  await page.getByTestId('take').waitFor();
  // The answer comes late: what is measured is the page alone.
  await page.route(/\/tickets$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  // Counted by the page itself, from the event to the first frame that shows it.
  const times = page.evaluate(
    () =>
      new Promise<{ pressedMs: number; busyMs: number }>((resolve) => {
        const take = document.querySelector<HTMLButtonElement>('[data-testid=take]')!;
        const colour = getComputedStyle(take).backgroundColor;
        const until = (isSo: () => boolean, then: (at: number) => void): void => {
          const look = (): void => (isSo() ? then(performance.now()) : void requestAnimationFrame(look));
          requestAnimationFrame(look);
        };
        let pressedMs = 0;
        addEventListener('pointerdown', ({ timeStamp }) =>
          until(
            () => getComputedStyle(take).backgroundColor !== colour,
            (at) => (pressedMs = at - timeStamp),
          ),
        );
        addEventListener('click', ({ timeStamp }) =>
          until(
            () => take.disabled,
            (at) => resolve({ pressedMs, busyMs: at - timeStamp }),
          ),
        );
      }),
  );
  await page.getByTestId('take').hover();
  await page.mouse.down();
  await page.waitForTimeout(150);
  await page.mouse.up();
  const { pressedMs, busyMs } = await times;
  console.log(`pressed after ${pressedMs.toFixed(0)} ms, busy after ${busyMs.toFixed(0)} ms`);
  expect(pressedMs).toBeGreaterThan(0);
  expect(pressedMs).toBeLessThan(100);
  expect(busyMs).toBeLessThan(300);
  await page.getByTestId('ticket-number').waitFor();
  await context.close();
}, 60_000);
