import { expect, test } from 'vitest';
import { openPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { lookAtKiosk } from './each-language.ts';
import { look } from './look.ts';
import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('asan');
// With all figures that there can be.
const services = shipped.services.map((service) => ({ ...service, fee: 1_250.5, standardMinutes: 45 }));
const blueprint = { ...shipped, languages: ['az', 'ru', 'en', 'id'], services };
const service = blueprint.services.find(({ agency }) =>
  blueprint.counters.some(({ serves }) => serves.agencies?.includes(agency)),
)!;
const { counterId } = counterServing(blueprint, service.agency);
const { hall, browser } = await startScreens(blueprint);

test('[WAIT-5] a kiosk tells how long newcomers wait before a service is chosen, and nothing where nothing is known', async () => {
  const early = await openPage(browser, `${hall.address}/kiosk?lang=en`, sizes.kiosk);
  await early.page.locator(`[data-tile="${service.agency}"]`).click();
  await early.page.locator(`[data-tile="${service.id}"]`).waitFor();
  expect(await early.page.locator('[data-range]').count()).toBe(0);
  await early.context.close();

  // Waits are told once they are learnt from: those of a line that moves.
  const agent = await hall.staff('zaur', counterId);
  for (let count = 0; count < 40; count++) await hall.visitor.post('/tickets', { serviceId: service.id });
  for (let count = 0; count < 40; count++)
    for (const act of ['call-next', 'start', 'finish']) await agent.post(`/counters/${counterId}/${act}`);
  for (let count = 0; count < 14; count++) await hall.visitor.post('/tickets', { serviceId: service.id });

  for (const { language, unit, size } of [
    { language: 'az', unit: 'dəq', size: sizes.kiosk },
    { language: 'ru', unit: 'мин', size: sizes.kioskLying },
  ]) {
    const said = new RegExp(`^\\d+–\\d+ ${unit}$`);
    const { page, context, faults } = await openPage(browser, `${hall.address}/kiosk?lang=${language}`, size);
    await page.locator(`[data-tile="${service.agency}"]`).click();
    const onTile = page.locator(`[data-tile="${service.id}"] [data-range]`);
    await eventually(() => onTile.count(), 60_000).toBe(1);
    expect(await onTile.textContent()).toMatch(said);
    await look(page, `kiosk-waits-tiles-${language}`);
    await page.locator(`[data-tile="${service.id}"]`).click();
    expect(await page.locator(`dd[data-range="${service.id}"]`).textContent()).toMatch(said);
    await look(page, `kiosk-waits-check-${language}`);
    if (size === sizes.kiosk) {
      await lookAtKiosk(page, 'kiosk-waits-check', ['en', 'id']);
      await page.locator('[data-back]').click();
      await onTile.waitFor();
      await lookAtKiosk(page, 'kiosk-waits-tiles', ['en', 'id']);
    }
    expect(faults).toEqual([]);
    await context.close();
  }
}, 180_000);
