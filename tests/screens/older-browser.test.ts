import { expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { sizes } from './browser.ts';
import { startScreens } from './screens-hall.ts';

const { hall, browser } = await startScreens(plainHall);

test('the lobby screen needs no function that a TV with Chromium 76 lacks', async () => {
  const page = await browser.newPage({ viewport: sizes.tv });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.addInitScript(() => {
    // What came with Chromium 77 to 98 and is most used.
    const lacks: [object, string[]][] = [
      [String.prototype, ['replaceAll', 'at']],
      [Array.prototype, ['at', 'findLast', 'findLastIndex']],
      [Object, ['hasOwn']],
      [Promise, ['any']],
      [Element.prototype, ['replaceChildren']],
      [globalThis, ['structuredClone', 'WeakRef']],
      [Crypto.prototype, ['randomUUID']],
    ];
    for (const [owner, names] of lacks) for (const name of names) Reflect.deleteProperty(owner, name);
  });
  await page.goto(`${hall.address}/tv`);
  await page.locator('main[data-filled=true]').waitFor({ timeout: 20_000 });
  await hall.visitor.post('/tickets', { serviceId: 'S-0' });
  const agent = await hall.staff('ani', 'C-1');
  await agent.post('/counters/C-1/call-next');
  await page.locator('[data-call]').first().waitFor({ timeout: 20_000 });
  expect(faults).toEqual([]);
});
