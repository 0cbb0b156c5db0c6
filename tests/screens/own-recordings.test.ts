import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { expect, test } from 'vitest';
import { letIn } from '../harness/let-in.ts';
import { addFile } from '../http/add-file.ts';
import { ask } from '../http/ask.ts';
import { signedIn } from '../http/people.ts';
import { packs } from '../voices/read-pack.ts';
import { look, preview, startAdministration } from './administer.ts';
import { sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { counterServing, shippedBlueprint } from './screens-hall.ts';

const shipped = shippedBlueprint('asan');
// The next call ends the one before.
const blueprint: Blueprint = { ...shipped, rules: { ...shipped.rules, confirmsArrival: false } };
const { hall, browser, open, apply } = await startAdministration(blueprint);
const chief = await signedIn(hall.sql, hall.address, { login: 'voice', role: 'administrator', branchId: null });

/** A tone, as a sound studio would give it away: WAV, 16 bits. @param seconds how long */
const recording = (seconds: number): Buffer => {
  const rate = 22_050;
  const samples = Math.round(rate * seconds);
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at++) wav.writeInt16LE(Math.round(8_000 * Math.sin(at / 8)), 44 + at * 2);
  return wav;
};
const ownSeconds = 0.777;

const agency = blueprint.services[0]!.agency;
const { counterId } = counterServing(blueprint, agency);
const agent = await hall.staff('zaur', counterId);
const call = async (): Promise<void> => {
  const { id } = blueprint.services.find((service) => service.agency === agency)!;
  await hall.visitor.post('/tickets', { serviceId: id, language: 'az' });
  const called = await agent.post(`/counters/${counterId}/call-next`);
  expect(called.status).toBe(200);
};

test('[VOICE-7] a hall speaks with a recording of its own; one that is broken is told to the manager, and what ships is heard', async () => {
  const { page, faults } = await open('voices', 'en', { width: 1366, height: 900 });
  await page.locator('[name=voice-language]').selectOption('az');
  const row = page.locator('[data-clip=go]');
  await row.locator('input[type=file]').setInputFiles({
    name: 'noise.wav',
    mimeType: 'audio/wav',
    buffer: Buffer.from('RIFF and nothing else'),
  });
  await page.getByText('This recording cannot be played').waitFor();
  await row.locator('input[type=file]').setInputFiles({
    name: 'yaxınlaşın.wav',
    mimeType: 'audio/wav',
    buffer: recording(ownSeconds),
  });
  await page.locator('[data-clip=go][data-own=true]').waitFor();
  await look(page, 'edit-en-voices', true);
  await preview(page);
  await apply(page);

  const { cookie, device } = await letIn(hall.address, hall.branchId, hall.manager.headers, { kind: 'display' });
  const context = await browser.newContext({ viewport: sizes.tv });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: hall.address }]);
  await context.addInitScript(() => {
    const heard: number[] = [];
    Object.assign(globalThis, { heard });
    const { start } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function (when = 0, offset = 0, seconds = 0) {
      heard.push(Math.round(seconds * 1_000));
      start.call(this, when, offset, seconds);
    };
  });
  const tv = await context.newPage();
  await tv.goto(`${hall.address}/tv?lang=az`);
  await tv.locator('.lobby[data-filled=true]').waitFor();
  const heard = (): Promise<number[]> => tv.evaluate(() => (globalThis as unknown as { heard: number[] }).heard);
  const isHeard = async (ms: number): Promise<boolean> => (await heard()).some((each) => Math.abs(each - ms) < 30);
  const shippedMs = packs.get('az')!.clips['go']!.ms;
  await call();
  await eventually(() => isHeard(ownSeconds * 1_000), 40_000).toBe(true);
  expect(await isHeard(shippedMs)).toBe(false);

  const broken = await addFile(hall.address, hall.branchId, chief, 'broken.wav', recording(1).subarray(0, 40));
  expect(broken.status, broken.text).toBe(201);
  const { body } = await ask(`${hall.address}/v1/branches/${hall.branchId}/blueprint`, 'GET', {
    headers: { cookie: chief },
  });
  const { revision, blueprint: now } = body as unknown as { revision: number; blueprint: Blueprint };
  const recordings = [{ language: 'az', clip: 'go', file: String(broken.body?.id), ms: 1_000 }];
  const applied = await ask(`${hall.address}/v1/branches/${hall.branchId}/blueprint`, 'POST', {
    headers: { cookie: chief },
    body: { baseRevision: revision, blueprint: { ...now, rules: { ...now.rules, recordings } } },
  });
  expect(applied.status, applied.text).toBe(200);
  const missing = async (): Promise<unknown> => {
    const [row] = await hall.sql<{ health: { missingClips?: number } | null }[]>`
      select health from device where id = ${device.id}`;
    return row?.health?.missingClips;
  };
  await eventually(missing, 60_000).toBe(1);
  await call();
  await eventually(() => isHeard(shippedMs), 40_000).toBe(true);

  await page.reload();
  await page.locator('[data-clip=go] [data-action=take-back]').click();
  await page.locator('[data-clip=go][data-own=false]').waitFor();
  expect(faults).toEqual([]);
}, 240_000);
