import { expect, test } from 'vitest';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { keepPicture } from './pictures.ts';
import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
const blueprint = { ...shipped, rules: { ...shipped.rules, hidesLine: true, agentsMayChoose: true } };
const { hall, browser } = await startScreens(blueprint);

test('[BLIND-1] where the hall hides its line an agent sees how many wait and not who, and calls whoever is next', async () => {
  const { number } = counterServing(blueprint, 'DUK');
  const { page } = await openPage(browser, `${hall.address}/counter?lang=en`, sizes.counter);
  await signInOnPage(page, 'ani', await hall.hire('ani', 'Ani'));
  await page.locator(`[data-counter="${number}"]`).click();
  await page.locator('[data-action=main]').waitFor();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));

  const { body } = await hall.visitor.post('/tickets', { serviceId: 'DUK-01' });
  const ticket = body.ticket as { number: string };
  await eventually(() => page.getByTestId('my-waiting').textContent()).toBe('1');
  expect(await page.locator('main').textContent()).toContain('This hall does not show agents who waits.');
  // A second longer than the list would take to be asked for.
  await page.waitForTimeout(2_000);
  expect(await page.locator('main').textContent()).not.toContain(ticket.number);
  expect(asked.filter((path) => path.endsWith('/next'))).toEqual([]);
  await page.keyboard.press('1');
  await keepPicture(page, 'counter-hidden-line');
  expect(asked.filter((path) => path.endsWith('/call'))).toEqual([]);

  await page.keyboard.press('F2');
  await eventually(() => page.getByTestId('current-number').textContent()).toBe(ticket.number);
});
