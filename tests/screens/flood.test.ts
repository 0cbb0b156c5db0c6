import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { expect, test } from 'vitest';
import { ask } from '../http/ask.ts';
import { signIn } from '../harness/api.ts';
import { plantDays } from '../harness/plant-days.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';
import { createStaff } from '@antrean/server/access/create-staff.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
const { hall, browser } = await startScreens(shipped);
const flooded = 'flooded';
const service = shipped.services[0]!.id;

test('[DEVICE-7] three times the usual tickets in a quarter of an hour is told to whoever manages the hall', async () => {
  await hall.visitor.post('/tickets', { serviceId: service, channel: 'kiosk' });
  await plantDays(hall.sql, { from: hall.branchId, to: flooded, days: 4, tickets: 3 });
  await importBlueprint(hall.sql, { ...shipped, branch: flooded });
  const password = await createStaff(hall.sql, {
    login: 'wayan',
    displayName: 'Wayan Sudiarta',
    role: 'manager',
    branchId: flooded,
  });
  const manager = await signIn(hall.address, flooded, 'wayan', password);
  await manager.post('/day/open');
  const path = `${hall.address}/v1/branches/${flooded}`;
  const issue = async (): Promise<void> => {
    const body = { serviceId: service, commandId: crypto.randomUUID() };
    expect((await ask(`${path}/tickets`, 'POST', { body })).status).toBe(201);
  };
  const issuing = async () => (await manager.get('/issuing')).body;
  for (let count = 0; count < 19; count++) await issue();
  expect(await issuing()).toMatchObject({ lastQuarter: 19, isUnusual: false });

  const { page, faults } = await openPage(browser, `${hall.address}/manager?branch=${flooded}&lang=en`, sizes.counter);
  await signInOnPage(page, 'wayan', password);
  await page.locator('[data-action=ask-void]').waitFor();
  expect(await page.getByTestId('flood').count()).toBe(0);
  await issue();
  await page.getByTestId('flood').waitFor();
  expect(await page.getByTestId('flood').textContent()).toMatch(/20 tickets .* about [13] are usual/);
  const { usual } = (await issuing()) as { usual: number };
  // The four days had their three in one quarter of an hour: around this time that is one in each of three.
  expect(usual).toBe(1);
  for (const language of catalogueLanguages) {
    for (const [shape, size] of Object.entries({ wide: sizes.counter, narrow: sizes.beside })) {
      await page.setViewportSize(size);
      await page.goto(`${hall.address}/manager?branch=${flooded}&lang=${language}`);
      await page.getByTestId('flood').waitFor();
      await look(page, `flood-${language}-${shape}`);
    }
  }
  expect(faults).toEqual([]);
}, 120_000);
