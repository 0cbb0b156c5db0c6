import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { look, startAdministration } from './administer.ts';
import { sizes } from './browser.ts';
import { shippedBlueprint } from './screens-hall.ts';

const blueprint = shippedBlueprint('mpp-banyuwangi');
const { hall, open } = await startAdministration(blueprint);

test(
  'every page of the set-up in every language, narrow and wide, with the longest names',
  { timeout: 400_000 },
  async () => {
    const longest = longestNamed(blueprint.services);
    const agency = longestNamed(blueprint.agencies);
    const steps: Readonly<Record<string, (page: Page) => Promise<void>>> = {
      own: async () => {},
      agencies: (page) => page.locator(`[data-thing="${agency}"] .head`).click(),
      services: (page) => page.locator(`[data-thing="${longest}"] .head`).click(),
      counters: async (page) => {
        await page.locator('[data-thing="loket-4"] .head').click();
        await page.locator('[name=number]').fill('1000');
        await page.locator('.plain-fault').first().waitFor();
        await page.locator('[name=serves-services]').focus();
      },
      hours: async (page) => {
        await page.locator('[data-action=add-break]').first().click();
        await page.locator('[data-exception="0"] .thing-head').click();
      },
      priorities: (page) => page.locator('[data-thing]').first().locator('.head').click(),
      rules: async (page) => {
        for (const name of ['unanswered', 'rejoin', 'ratio', 'appointments', 'announcements', 'announcements-quiet'])
          await page.locator(`[name=${name}]`).check();
        await page.locator('[data-action=add-skills]').click();
        await page.locator('.plain-fault').first().waitFor();
      },
      screens: async (page) => {
        await page.locator('[data-action=add]').click();
        await page.locator('[name=part]').check();
        await page.locator('[name=agencies]').focus();
        await page.locator('[name=agencies]').fill(agency ?? '');
        await page.locator('[name=agencies]').press('Enter');
        await page.locator('[name=layout]').selectOption('sign');
        await page.locator('.plain-fault').first().waitFor();
      },
      texts: async (page) => {
        await page.locator('[name=language-tag]').fill('ar');
        await page.locator('[data-action=add-language]').click();
      },
      'new-hall': async (page) => {
        await page.locator('[data-action=make-hall]:enabled').click();
        await page.getByRole('alert').waitFor();
      },
    };
    // Russian words are the longest where there is the most room, too.
    const shapes = [
      ...catalogueLanguages.map((language) => ({ language, shape: 'narrow', size: sizes.beside })),
      { language: 'ru', shape: 'wide', size: sizes.counter },
    ];
    for (const { language, shape, size } of shapes) {
      const { page, context } = await open('own', language, size);
      await page.locator('[name=zone]').waitFor();
      for (const [section, step] of Object.entries(steps)) {
        await page.locator(`a[href="#/${section}"]`).click();
        await step(page);
        await page.setViewportSize({ ...size, height: 1800 });
        await look(page, `edit-${language}-${shape}-${section}`, shape === 'narrow' && language === 'ru');
        await page.setViewportSize(size);
      }
      await page.locator('a[href="#/texts"]').click();
      await page.locator('[data-action=preview]').click();
      await page.locator('.faults a').first().waitFor();
      await look(page, `edit-${language}-${shape}-all-faults`, language === 'az');
      await context.close();
    }
  },
);

test('a hall is copied to the next town, and another begun from nothing; both can be edited', async () => {
  const { page, faults } = await open('new-hall');
  await page.locator('[name=name-en]').waitFor();
  await page.locator('[data-action=make-hall]').click();
  await page.getByText('Something is missing or wrong').waitFor();
  await page.locator('[name=branch]').fill('mpp-lumajang');
  await page.locator('[name=zone]').fill('Jakarta');
  await page.locator('[name=name-id]').fill('Mal Pelayanan Publik Lumajang');
  await page.locator('[name=name-en]').fill('Lumajang Public Service Mall');
  await page.getByText('There is no such time zone').waitFor();
  await look(page, 'edit-en-wide-new-hall', true);
  await page.locator('[name=zone]').fill('Asia/Jakarta');
  await page.locator('[data-action=make-hall]').click();
  await page.getByText('The hall is there').waitFor();
  await page.locator('[name=branch]').fill('mpp-lumajang');
  await page.locator('[name=name-id]').fill('Lagi');
  await page.locator('[name=name-en]').fill('Again');
  await page.locator('[data-action=make-hall]').click();
  await page.locator('.problem').waitFor();
  await page.locator('[name=branch]').fill('kecil');
  await page.locator('[name=from]').selectOption('');
  await page.locator('[data-action=make-hall]:enabled').click();
  await page.locator('[data-action=open-hall]').click();
  await page.locator('[name=hall-name-en]').waitFor();
  expect(await page.locator('[name=hall-name-en]').inputValue()).toBe('Again');
  const services = async (branch: string) => (await hall.sql`select from service where branch_id = ${branch}`).length;
  expect(await services('mpp-lumajang')).toBe(await services(hall.branchId));
  expect(await services('kecil')).toBe(1);
  expect(faults).toEqual([]);
});

const longestNamed = (things: readonly { readonly id: string; readonly name: Readonly<Record<string, string>> }[]) =>
  [...things].sort((a, b) => JSON.stringify(b.name).length - JSON.stringify(a.name).length)[0]?.id;
