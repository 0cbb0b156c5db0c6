import { writeBlueprint } from '@antrean/server/setup/write-blueprint.ts';
import { expect, test } from 'vitest';
import { look, startAdministration } from './administer.ts';
import { sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { shippedBlueprint } from './screens-hall.ts';

const blueprint = shippedBlueprint('mpp-banyuwangi');
const { hall, open, revisionOf } = await startAdministration(blueprint);
const [service] = blueprint.services;
const serviceId = service?.id ?? '';

test('a service is edited, looked at, applied, and is on the kiosk; then the set-up before is brought back', async () => {
  const { page, faults } = await open('services');
  await page.locator('[name=search]').fill(serviceId);
  await page.locator(`[data-thing="${serviceId}"] .head`).press('Enter');
  await page.locator('[name=prefix]').fill('O');
  await page.locator('.plain-fault').first().waitFor();
  await page.locator('[name=prefix]').fill(service?.prefix ?? '');
  await page.locator('[name=name-en]').fill('A service by another name');
  await page.locator('.plain-fault').first().waitFor({ state: 'detached' });
  await page.locator('[name=quota]').fill('30');
  await look(page, 'admin-en-wide-services', true);

  // Another section, and back: the draft is still there.
  await page.locator('a[href="#/set-up"]').click();
  await page.locator('[data-action=preview]').waitFor();
  await page.locator('a[href="#/services"]').click();
  await page.locator('[data-action=preview]').click();
  const change = page.locator(`[data-change="changed services ${serviceId}"]`);
  await change.waitFor();
  expect(await page.locator('[data-change]').count()).toBe(1);
  expect(await change.textContent()).toContain('A service by another name');
  await look(page, 'admin-en-wide-preview', true);
  expect(await revisionOf()).toBe(1);
  await page.locator('[data-action=apply]').click();
  await page.getByText('revision 2 holds now').waitFor();
  expect(await revisionOf()).toBe(2);
  // Servers read a set-up that they hear of within a second.
  const shown = async () => {
    const { body } = await hall.visitor.get('');
    return (body.services as { id: string }[]).find(({ id }) => id === serviceId);
  };
  await eventually(shown).toMatchObject({ name: { en: 'A service by another name' }, quota: 30 });

  await page.locator('a[href="#/set-up"]').click();
  await page.locator('[data-revision="1"] [data-action=bring-back]').click();
  await change.waitFor();
  await page.locator('[data-action=apply]').click();
  await page.locator('[data-revision="2"]').waitFor();
  expect(await revisionOf()).toBe(3);
  await look(page, 'admin-en-wide-set-up', true);
  expect(faults).toEqual([]);
});

test('what is edited is not lost: not when the network is away, nor when the page is loaded anew by mistake', async () => {
  const { page, context } = await open('services');
  await page.locator(`[data-thing="${serviceId}"] .head`).click();
  await page.locator('[name=quota]').fill('41');
  await context.setOffline(true);
  await page.locator('[data-action=preview]').click();
  await page.getByRole('alert').waitFor();
  await context.setOffline(false);
  expect(await page.locator('[name=quota]').inputValue()).toBe('41');
  const asked = page.waitForEvent('dialog');
  const reloading = page.reload({ timeout: 3_000 }).catch(() => null);
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await reloading;
  expect(await page.locator('[name=quota]').inputValue()).toBe('41');
  await page.locator('[data-action=discard]').click();
  await page.locator('[data-action=go]').click();
  await page.locator('[data-action=preview]').waitFor({ state: 'detached' });
  expect(await page.locator('[name=quota]').inputValue()).toBe('');
});

test('a file is looked at before it is imported; one that is wrong is told where', async () => {
  const { page } = await open('set-up');
  const choose = (text: string) =>
    page
      .locator('[name=blueprint]')
      .setInputFiles({ name: 'hall.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) });
  const text = writeBlueprint(blueprint);
  await choose(text.replace(`zone: ${blueprint.zone}`, 'zone: Mars/Base'));
  await page.getByText('Mars/Base').waitFor();
  expect(await page.locator('[data-action=apply]').isDisabled()).toBe(true);
  await page.locator('[data-action=back]').click();
  await choose(writeBlueprint({ ...blueprint, counters: blueprint.counters.slice(0, -1) }));
  await page.locator('[data-change^="retired counters"], [role=alert]').first().waitFor();
  await page.locator('[data-action=back]').click();
  const download = page.waitForEvent('download');
  await page.locator('[data-action=export]').click();
  expect((await download).suggestedFilename()).toMatch(/\.yaml$/);
});

test(
  'two hundred services with long names stay usable, in every language, wide and narrow',
  { timeout: 180_000 },
  async () => {
    const longest = [...blueprint.services].sort(
      (a, b) => JSON.stringify(b.name).length - JSON.stringify(a.name).length,
    )[0];
    for (const language of ['id', 'az', 'ru']) {
      for (const [shape, size] of Object.entries({ wide: sizes.counter, narrow: sizes.beside })) {
        const { page, context } = await open('services', language, size);
        await page.locator('[name=search]').fill(longest?.id ?? '');
        await eventually(() => page.locator('[data-thing]').count()).toBeLessThan(5);
        await page.locator(`[data-thing="${longest?.id}"] .head`).click();
        await page.locator('[name=quota]').fill('30');
        await look(page, `admin-${language}-${shape}-services`);
        await page.locator('[data-action=preview]').click();
        await page.locator('[data-change]').first().waitFor();
        await look(page, `admin-${language}-${shape}-preview`);
        await context.close();
      }
    }
  },
);
