import { readFileSync } from 'node:fs';
import { createCanvas } from '@napi-rs/canvas';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addFile } from '../http/add-file.ts';
import { ask } from '../http/ask.ts';
import { signedIn } from '../http/people.ts';
import { openPage, overflowing } from './browser.ts';
import { eventually } from './eventually.ts';
import { fillHall } from './fill-hall.ts';
import { lookWhole } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('asan');
const blueprint: Blueprint = {
  ...shipped,
  rules: { ...shipped.rules, rejoin: { withinMinutes: 30, times: 2, late: 'end-of-line' }, remoteJoining: true },
};
const { hall, browser } = await startScreens(blueprint);
await fillHall(hall, blueprint);
const chief = await signedIn(hall.sql, hall.address, { login: 'chief', role: 'administrator', branchId: null });

const poster = (colour: string, width: number, height: number): Promise<Buffer> => {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = colour;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = '#ffffff';
  for (let at = 0; at < 6; at++) pen.fillRect(width * 0.1, height * (0.15 + at * 0.13), width * 0.8, height * 0.05);
  return canvas.encode('jpeg');
};
const add = async (name: string, bytes: Uint8Array): Promise<string> => {
  const answer = await addFile(hall.address, hall.branchId, chief, name, bytes);
  expect(answer.status, answer.text).toBe(201);
  return String(answer.body?.id);
};
const inHall = (path: string, body: object) =>
  ask(`${hall.address}/v1/branches/${hall.branchId}${path}`, 'POST', { headers: { cookie: chief }, body });

const lying = await add('lying.jpg', await poster('#0b6e4f', 1920, 1080));
const standing = await add('standing.jpg', await poster('#8a1c1c', 900, 1600));
const film = await add('film.webm', readFileSync(new URL('short.webm', import.meta.url)));
/** Is a video by its beginning, and nothing that plays. */
const broken = await add('broken.webm', readFileSync(new URL('short.webm', import.meta.url)).subarray(0, 400));
const nowhere = '0'.repeat(64);

const show = async (id: string, files: readonly string[]): Promise<void> => {
  const { body } = await ask(`${hall.address}/v1/branches/${hall.branchId}/blueprint`, 'GET', {
    headers: { cookie: chief },
  });
  const { revision, blueprint: now } = body as unknown as { revision: number; blueprint: Blueprint };
  const others = (now.screens ?? []).filter((screen) => screen.id !== id);
  const screens = [...others, { id, layout: 'board' as const, media: { files: [...files], pictureSeconds: 5 } }];
  const applied = await inHall('/blueprint', { baseRevision: revision, blueprint: { ...now, screens } });
  expect(applied.status, applied.text).toBe(200);
};
const open = (id: string, size = { width: 1920, height: 1080 }) =>
  openPage(browser, `${hall.address}/tv?lang=az&screen=${id}`, size);
const shown = (page: Page): Promise<string | null> =>
  page
    .getByTestId('media')
    .getAttribute('data-file', { timeout: 100 })
    .catch(() => null);
/** Of the newest call: its place and how large it is written. */
const newest = (page: Page) =>
  page.getByTestId('current-call').evaluate((panel) => {
    const { width, height } = panel.getBoundingClientRect();
    const number = panel.querySelector('.number')!;
    return { width, height, font: getComputedStyle(number).fontSize };
  });

test('[SCREEN-5] pictures and videos stand beside the calls in every shape of panel; the newest call is as large as without', async () => {
  await show('plain', [nowhere]);
  await show('gallery', [lying]);
  const sizes = { full: [1920, 1080], fine: [3840, 2160], upright: [1080, 1920], small: [1366, 768] } as const;
  for (const [name, [width, height]] of Object.entries(sizes)) {
    const without = await open('plain', { width, height });
    await without.page.locator('[data-call]').first().waitFor();
    // An upright panel has a row less.
    const less = height > width ? 1 : 0;
    await eventually(() => without.page.getByTestId('recent-calls').locator('[data-call]').count()).toBe(5 - less);
    const { page, faults } = await open('gallery', { width, height });
    await eventually(() => shown(page)).toBe(lying);
    expect(await newest(page)).toEqual(await newest(without.page));
    expect(await page.getByTestId('recent-calls').locator('[data-call]').count()).toBe(2 - less);
    expect(await page.getByTestId('media').evaluate((media) => media.getBoundingClientRect().height)).toBeGreaterThan(
      height * 0.18,
    );
    await lookWhole(page, `tv-media-${name}`);
    expect([...faults, ...without.faults]).toEqual([]);
    await Promise.all([page.context().close(), without.page.context().close()]);
  }
}, 120_000);

test('[SCREEN-5] they take turns, what cannot be shown is passed over, and a lost link changes nothing; no object is left behind', async () => {
  await show('turns', [standing, nowhere, film, broken]);
  const { page, context, faults } = await open('turns');
  await page.evaluate(() => {
    const { createObjectURL, revokeObjectURL } = URL;
    const held = new Set<string>();
    URL.createObjectURL = (object) => {
      const address = createObjectURL.call(URL, object);
      held.add(address);
      return address;
    };
    URL.revokeObjectURL = (address) => {
      held.delete(address);
      revokeObjectURL.call(URL, address);
    };
    (window as unknown as { held: Set<string> }).held = held;
  });
  const turn = async (): Promise<void> => {
    await eventually(() => shown(page)).toBe(standing);
    await eventually(() => shown(page)).toBe(film);
    expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.muted)).toBe(true);
  };
  await turn();
  await lookWhole(page, 'tv-media-video');
  await turn();
  await context.setOffline(true);
  await page.getByTestId('reconnecting').waitFor({ timeout: 30_000 });
  await turn();
  await turn();
  const held = await page.evaluate(() => (window as unknown as { held: Set<string> }).held.size);
  expect(held).toBeLessThanOrEqual(2);
  expect(await page.locator('video').count()).toBeLessThanOrEqual(1);
  await context.setOffline(false);
  await page.getByTestId('reconnecting').waitFor({ state: 'detached', timeout: 30_000 });
  expect(await overflowing(page)).toEqual([]);
  expect(faults).toEqual([]);
}, 180_000);

test('[SCREEN-5] what an administrator chooses is on the TV at once; without any, and in a closed hall, the board is as without', async () => {
  await show('choice', [lying]);
  const { page } = await open('choice');
  await eventually(() => shown(page)).toBe(lying);
  await show('choice', [standing]);
  await eventually(() => shown(page)).toBe(standing);
  await show('choice', [nowhere]);
  await eventually(() => shown(page)).toBe(null);
  await eventually(() => page.getByTestId('recent-calls').locator('[data-call]').count()).toBe(5);
  await show('choice', [film]);
  await eventually(() => shown(page)).toBe(film);
  await hall.manager.post('/day/close');
  await eventually(() => shown(page)).toBe(null);
  await lookWhole(page, 'tv-media-closed');
}, 120_000);
