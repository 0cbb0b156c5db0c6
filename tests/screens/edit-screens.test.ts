import { capitalOfSize, type ReadPart, sizesOnScreen } from '@antrean/shared/views/readable-size.ts';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultOf, look, preview, startAdministration } from './administer.ts';
import { openPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { shippedBlueprint } from './screens-hall.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
/** With the code to join by beside the lines, the longest names have the smallest letters in every shape. */
const blueprint = { ...shipped, rules: { ...shipped.rules, remoteJoining: true } };
const { hall, browser, open, apply } = await startAdministration(blueprint);

/** How long lines stay on a TV, ms. */
const turnMs = 7_000;

/** Adds a screen of an id by keyboard; it is open then. */
const addScreen = async (page: Page, id: string): Promise<void> => {
  await page.locator('[name=new-id]').fill(id);
  await page.locator('[name=new-id]').press('Enter');
  await page.locator(`[data-thing="${id}"] [name=layout]`).waitFor();
};

test('[SCREEN-1] a sign above a counter is made by keyboard, with its faults said at the fields; a TV shows it; then it is removed', async () => {
  const { page, faults } = await open('screens');
  await page.locator('[data-action=add]').waitFor();
  expect(await page.locator('[name=new-id]').inputValue()).toBe('tv-1');
  await addScreen(page, 'above-4');
  await page.keyboard.insertText('Papan loket 4');
  await faultOf(page, 'screen-name-en').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.insertText('Sign of counter 4');
  await faultOf(page, 'screen-name-en').waitFor({ state: 'detached' });

  await page.locator('[name=layout]').selectOption('sign');
  await faultOf(page, 'layout').waitFor();
  expect(await faultOf(page, 'layout').textContent()).toContain('one counter');
  await page.locator('[name=part]').press('Space');
  await page.getByText('Nothing is chosen').waitFor();
  await look(page, 'edit-en-wide-screen-faults', true);
  await page.locator('[name=counters]').fill('loket-4');
  await page.locator('[name=counters]').press('Enter');
  await page.locator('.plain-fault').first().waitFor({ state: 'detached' });
  expect(await page.getByTestId('screen-address').inputValue()).toBe(
    `${hall.address}/tv?branch=${hall.branchId}&screen=above-4`,
  );
  await look(page, 'edit-en-wide-screen', true);

  await preview(page);
  await page.locator('[data-change="added screens above-4"]').waitFor();
  expect(await page.locator('[data-change]').count()).toBe(1);
  await apply(page);
  const tv = await openPage(browser, `${hall.address}/tv?lang=en&screen=above-4`, sizes.tv);
  await eventually(() => tv.page.getByTestId('sign').textContent()).toContain('4');

  await page.locator('[data-thing="above-4"] .head').click();
  await page.locator('[data-thing="above-4"] [data-action=remove]').click();
  await page.locator('dialog [data-action=go]').click();
  await preview(page);
  await page.locator('[data-change="retired screens above-4"]').waitFor();
  await apply(page);
  await tv.page.getByTestId('no-screen').waitFor();
  expect([...faults, ...tv.faults]).toEqual([]);
});

test('[SCREEN-1] a board of one area says its notice; an area that no counter is in any more is a fault with the way to it', async () => {
  const { page, faults } = await open('counters');
  await page.locator('[data-thing="loket-4"] .head').click();
  await page.locator('[name=area-id]').fill('Lantai dua');
  await page.locator('[name=area-en]').fill('Second floor');
  await page.locator('a[href="#/screens"]').click();
  await addScreen(page, 'second-floor');
  await page.locator('[name=part]').check();
  await page.locator('[name=areas]').fill('second');
  await page.locator('[name=areas]').press('Enter');
  await page.locator('[data-out="Lantai dua"]').waitFor();
  await page.locator('[name=notice-id]').fill('Bawa kartu tanda penduduk.');
  await page.locator('[name=notice-en]').fill('Bring your identity card.');
  await page.locator('a[href="#/counters"]').click();
  await page.locator('[data-thing="loket-4"] .head').click();
  await page.locator('[name=area-id]').fill('Lantai tiga');
  await preview(page);
  await page.locator('.faults a').click();
  await page.getByText('No counter is in this area').waitFor();
  await page.locator('[data-out="Lantai dua"]').click();
  await page.locator('[name=areas]').fill('second');
  await page.locator('[name=areas]').press('Enter');
  await page.locator('.plain-fault').first().waitFor({ state: 'detached' });
  await preview(page);
  await apply(page);
  const tv = await openPage(browser, `${hall.address}/tv?lang=en&screen=second-floor`, sizes.tv);
  await tv.page.getByTestId('footer').waitFor();
  expect(await tv.page.getByTestId('no-screen').count()).toBe(0);
  expect([...faults, ...tv.faults]).toEqual([]);
});

test('[SCREEN-2] the preview shows the draft as it is edited, lying and upright; what a foreign page says to it is not heard', async () => {
  const { page, faults } = await open('screens', 'en', { width: 1366, height: 1800 });
  await page.locator('[data-action=add]').waitFor();
  await addScreen(page, 'lobby');
  const preview = page.frameLocator('[data-testid=live-preview]');
  await preview.getByTestId('recent-calls').waitFor();
  await page.locator('[name=part]').check();
  await page.locator('[name=counters]').fill('loket-4');
  await page.locator('[name=counters]').press('Enter');
  await eventually(() => preview.locator('[data-call]').count()).toBe(1);
  await look(page, 'edit-en-wide-screen-preview', true);
  // What is wrong elsewhere does not keep a screen from being seen.
  await page.locator('a[href="#/counters"]').click();
  await page.locator('[data-thing="loket-5"] .head').click();
  await page.locator('[name=number]').fill('x');
  await faultOf(page, 'number').waitFor();
  await page.locator('a[href="#/screens"]').click();
  await page.locator('[data-thing="lobby"] .head').click();
  await page.locator('[name=counters]').fill('loket-1');
  await page.locator('[name=counters]').press('Enter');
  await eventually(() => preview.locator('[data-call]').count()).toBe(2);
  await page.locator('[data-out="loket-1"]').click();
  await eventually(() => preview.locator('[data-call]').count()).toBe(1);
  await page.locator('[name=layout]').selectOption('sign');
  await preview.getByTestId('sign').waitFor();
  await page.locator('[data-upright=true]').check();
  const widthInside = () =>
    page
      .frames()
      .at(-1)!
      .evaluate(() => [innerWidth, innerHeight]);
  await eventually(widthInside).toEqual([1080, 1920]);
  await look(page, 'edit-en-wide-sign-upright', true);
  expect(faults).toEqual([]);

  const framed = async (path: string) => (await fetch(`${hall.address}${path}`)).headers.get('content-security-policy');
  expect(await framed('/tv/preview')).toContain("frame-ancestors 'self'");
  for (const path of ['/tv', '/kiosk', '/admin', '/counter', '/devices'])
    expect(await framed(path), path).toContain("frame-ancestors 'none'");
  // Another origin of the same machine: the browser shows it an empty frame. Nor does a message from elsewhere count.
  const foreign = await openPage(
    browser,
    `data:text/html,<iframe src="${hall.address}/tv/preview"></iframe>`,
    sizes.tv,
  );
  await eventually(() => foreign.page.frames().at(-1)?.url()).toBe('chrome-error://chromewebdata/');

  // The right words from another window, or from another origin.
  const branch: unknown = await (await fetch(`${hall.address}/v1/branches/${hall.branchId}`)).json();
  await page
    .frames()
    .at(-1)!
    .evaluate(
      (data) => {
        postMessage(data, location.origin);
        dispatchEvent(new MessageEvent('message', { data, source: parent, origin: 'https://elsewhere.example' }));
        return new Promise((resolve) => setTimeout(resolve, 500));
      },
      { branch, screenId: 'nowhere' },
    );
  expect(await preview.getByTestId('no-screen').count()).toBe(0);
  expect(await preview.getByTestId('sign').count()).toBe(1);
});

test('[SCREEN-3] what can be read from the farthest seat is said, of the sizes that the TV has', async () => {
  const { page, faults } = await open('screens', 'en', { width: 1366, height: 1800 });
  await page.locator('[data-action=add]').waitFor();
  await addScreen(page, 'lobby');
  const preview = page.frameLocator('[data-testid=live-preview]');
  await preview.getByTestId('recent-calls').waitFor();
  const inside = () => page.frames().at(-1)!;
  const capital = await inside().evaluate(async () => {
    await document.fonts.load("800 100px 'Noto Sans Variable'", 'H');
    const context = document.createElement('canvas').getContext('2d')!;
    context.font = "800 1000px 'Noto Sans Variable'";
    return context.measureText('H').actualBoundingBoxAscent / 1000;
  });
  expect(capital).toBeCloseTo(capitalOfSize, 2);

  const start = Date.now();
  let turn = 0;
  await page.clock.setFixedTime(start);
  const selectors = {
    board: { newest: '.panel .number', recent: '.row .ticket', label: '.panel .label', small: '.line .service' },
    sign: { newest: '.call .number', recent: '', label: '.counter .word', small: '.call .service' },
  };
  const expectSizes = async (layout: 'board' | 'sign', shape: 'lying' | 'upright'): Promise<void> => {
    for (const [part, size] of Object.entries(sizesOnScreen[layout][shape])) {
      const selector = selectors[layout][part as ReadPart];
      const shown = () =>
        inside().evaluate((wanted) => {
          const element = document.querySelector(wanted);
          return element
            ? (parseFloat(getComputedStyle(element).fontSize) / Math.min(innerWidth, innerHeight)) * 100
            : 0;
        }, selector);
      // Lines come a few at a time, by the clock: nobody waits until it is the turn of those with long names.
      const isInTurn = layout === 'board' && part === 'small';
      await eventually(async () => {
        if (isInTurn && (await shown()) === 0) await page.clock.setFixedTime(start + turnMs * ++turn);
        return shown();
      }).toBeGreaterThan(0);
      // The picture is 8 pixels smaller than the panel.
      await eventually(async () => Math.abs((await shown()) / size - 1) < 0.015).toBe(true);
    }
  };
  const enough = (part: string) => page.locator(`[data-readable=${part}]`).getAttribute('data-enough');
  await expectSizes('board', 'lying');
  await page.locator('[name=inches]').fill('55');
  await page.locator('[name=metres]').fill('9');
  expect(await enough('newest')).toBe('true');
  expect(await enough('recent')).toBe('false');
  await look(page, 'edit-en-wide-screen-readable', true);
  await page.locator('[name=metres]').fill('4');
  expect(await enough('recent')).toBe('true');
  await page.locator('[name=inches]').fill('x');
  await page.getByText('A number from 7 to 200.').waitFor();
  await page.locator('[data-upright=true]').check();
  await expectSizes('board', 'upright');
  await page.locator('[name=part]').check();
  await page.locator('[name=counters]').fill('loket-4');
  await page.locator('[name=counters]').press('Enter');
  await page.locator('[name=layout]').selectOption('sign');
  await preview.getByTestId('sign').waitFor();
  await expectSizes('sign', 'upright');
  await page.locator('[data-upright=false]').check();
  await expectSizes('sign', 'lying');
  expect(faults).toEqual([]);
});

test("[SCREEN-4] the hall's colour: a dark one is refused with its contrast, a light one is on the preview at once and then on the TV", async () => {
  const { page, faults } = await open('screens', 'en', { width: 1366, height: 1800 });
  await page.locator('[name=own-colour]').check();
  await addScreen(page, 'coloured');
  const preview = page.frameLocator('[data-testid=live-preview]');
  await page.locator('[name=call-colour]').fill('#0B4A8F');
  await eventually(() => faultOf(page, 'call-colour').textContent()).toContain('1.8:1');
  // Without axe, which finds the same in the preview: that is what the fault is about.
  await look(page, 'edit-en-wide-colour-fault');
  await page.locator('[name=call-colour]').fill('green');
  await eventually(() => faultOf(page, 'call-colour').textContent()).toContain('#ffd24a');
  await page.locator('[name=call-colour]').fill('#9be7b0');
  await faultOf(page, 'call-colour').waitFor({ state: 'detached' });
  const colourOf = (locator: Locator) => locator.evaluate((element) => getComputedStyle(element).backgroundColor);
  await eventually(() => colourOf(preview.locator('.call-frame'))).toBe('rgb(155, 231, 176)');
  await look(page, 'edit-en-wide-colour', true);
  await page.locator('[data-action=preview]').click();
  await page.locator('[data-change^="changed rules"]').waitFor();
  await apply(page);

  const tv = await openPage(browser, `${hall.address}/tv?lang=en`, sizes.tv);
  await eventually(() =>
    tv.page.locator('.sheet').evaluate((sheet) => getComputedStyle(sheet).getPropertyValue('--call')),
  ).toBe('#9be7b0');
  expect([...faults, ...tv.faults]).toEqual([]);
});
