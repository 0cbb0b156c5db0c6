import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { letIn } from '../harness/let-in.ts';
import { packs } from '../voices/read-pack.ts';
import { launchBrowser, openPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { lookInEach } from './each-language.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('asan');
const blueprint: Blueprint = {
  ...shipped,
  languages: ['az', 'ru', 'en', 'id'],
  rules: { ...shipped.rules, confirmsArrival: false },
  screens: [
    { id: 'above', layout: 'sign', zone: { counters: [shipped.counters[0]!.id] } },
    { id: 'reading-room', layout: 'board', volume: 30 },
    { id: 'library', layout: 'board', volume: 0 },
  ],
};
const { hall, browser } = await startScreens(blueprint);
const silenced = await launchBrowser(false);
afterAll(() => silenced.close());

const counters = blueprint.counters.filter(({ serves }) => serves.agencies).slice(0, 5);
const agents = await Promise.all(counters.map(({ id }, index) => hall.staff(`agent-${index}`, id)));

/** Somebody takes a ticket, and is called at a counter. @returns the number, and the counter's */
const callAt = async (index: number, language = 'ru'): Promise<{ number: string; counter: number; at: number }> => {
  const { id, number: counter, serves } = counters[index]!;
  const service = blueprint.services.find(({ agency }) => serves.agencies?.includes(agency))!;
  await hall.visitor.post('/tickets', { serviceId: service.id, language });
  const at = Date.now();
  const { body } = await agents[index]!.post(`/counters/${id}/call-next`);
  return { number: (body.ticket as { number: string }).number, counter, at };
};

interface Sound {
  readonly kind: 'chime' | 'clip';
  /** On the clock of the loudspeaker, s. */
  readonly at: number;
  readonly seconds: number;
}

/** Has a page keep what it plays. */
const keepSounds = async (context: BrowserContext): Promise<void> => {
  await context.addInitScript(() => {
    const kept: Sound[] = [];
    const { createGain } = BaseAudioContext.prototype;
    const gains: GainNode[] = [];
    BaseAudioContext.prototype.createGain = function () {
      const gain = createGain.call(this);
      gains.push(gain);
      return gain;
    };
    // All that is heard goes through the first.
    Object.assign(globalThis, { kept, loudness: () => gains[0]?.gain.value });
    const { start: startClip } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function (when = 0, offset = 0, seconds = 0) {
      kept.push({ kind: 'clip', at: when, seconds: Math.min(seconds, (this.buffer?.duration ?? 0) - offset) });
      startClip.call(this, when, offset, seconds);
    };
    const { start: startTone } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when = 0) {
      // Its first tone.
      if (this.frequency.value > 659 && this.frequency.value < 660)
        kept.push({ kind: 'chime', at: when, seconds: 1.1 });
      startTone.call(this, when);
    };
  });
};
/** Expects that none begins before the one before it has ended. */
const expectInTurn = (sounds: readonly Sound[]): void => {
  const inOrder = [...sounds].sort((a, b) => a.at - b.at);
  for (const [index, { at }] of inOrder.entries()) {
    const before = inOrder[index - 1];
    expect(at).toBeGreaterThanOrEqual(before ? before.at + before.seconds - 0.001 : 0);
  }
};
const soundsOf = (page: Page): Promise<Sound[]> =>
  page.evaluate(() => (globalThis as unknown as { kept: Sound[] }).kept);

/** A TV that a manager let in, which keeps what it plays. */
const openTv = async (
  from: typeof browser,
  path = '/tv?lang=az',
): Promise<{
  page: Page;
  context: BrowserContext;
  faults: string[];
  health: () => Promise<Record<string, unknown>>;
}> => {
  const { cookie, device } = await letIn(hall.address, hall.branchId, hall.manager.headers, { kind: 'display' });
  const tv = await openPage(from, 'about:blank', sizes.tv);
  const [name = '', value = ''] = cookie.split('=');
  await tv.context.addCookies([{ name, value, url: hall.address, httpOnly: true }]);
  await keepSounds(tv.context);
  await tv.page.goto(`${hall.address}${path}`);
  return {
    ...tv,
    health: async () => {
      const rows = await hall.sql`select health from device where id = ${device.id}`;
      return (rows[0]?.health ?? {}) as Record<string, unknown>;
    },
  };
};

test(
  "[VOICE-3] [VOICE-5] a call is heard on the TV: chime, then the visitor's language, then the hall's; what is said can be read",
  { timeout: 120_000 },
  async () => {
    const { page, context, faults, health } = await openTv(browser);
    await page.locator('.lobby[data-filled=true]').waitFor();
    await eventually(async () => (await health()).sound).toBe('on');
    const { number, counter, at } = await callAt(0);
    const caption = page.getByTestId('caption');
    await caption.getByText(`Талон ${number}, пройдите к окну ${counter}`).waitFor();
    await look(page, 'tv-caption-ru');
    await caption
      .getByText(`Növbə nömrəsi ${number}, zəhmət olmasa, ${counter} nömrəli pəncərəyə yaxınlaşın`)
      .waitFor();
    await look(page, 'tv-caption-az');
    await caption.waitFor({ state: 'detached' });

    const [chime, ...clips] = (await soundsOf(page)).sort((a, b) => a.at - b.at);
    expect(chime?.kind).toBe('chime');
    // 2 phrases, 4 signs and the counter in Russian; 3 phrases, and the same, in Azerbaijani.
    const ofCounter = String(counter).length > 2 ? 2 : 1;
    expect(clips.map(({ kind }) => kind)).toEqual(Array(2 + 4 + ofCounter + 3 + 4 + ofCounter).fill('clip'));
    expect(clips[0]!.at - (chime!.at + chime!.seconds)).toBeCloseTo(0.3, 2);
    expectInTurn([chime!, ...clips]);

    const heardAfter = await page.evaluate(
      (calledAt) =>
        performance.timeOrigin + (performance.getEntriesByName('announced')[0]?.startTime ?? NaN) - calledAt,
      at,
    );
    console.log(`call to chime on the TV: ${Math.round(heardAfter)} ms`);
    expect(heardAfter).toBeLessThan(1_500);
    expect(faults).toEqual([]);
    await context.close();
  },
);

test(
  'a recording that is missing or broken is left out; the rest is announced, and those who look after the TV are told',
  { timeout: 120_000 },
  async () => {
    const { page, context, health } = await openTv(browser, '/tv');
    const pack = packs.get('id')!;
    await page.route(`**/voices/id/${pack.clips['go']!.file}`, (route) => route.abort());
    await page.route(`**/voices/id/${pack.clips['ticket']!.file}`, (route) => route.fulfill({ body: 'no sound' }));
    await page.reload();
    await page.locator('.lobby[data-filled=true]').waitFor();
    const { number, counter } = await callAt(3, 'id');
    await page
      .getByTestId('caption')
      .getByText(`Nomor antrean ${number}, silakan menuju loket ${counter}`)
      .waitFor({ timeout: 60_000 });
    await eventually(async () => (await health()).missingClips).toBe(2);
    expect((await soundsOf(page)).filter(({ kind }) => kind === 'clip').length).toBeGreaterThan(4);
    await context.close();
  },
);

test(
  '[VOICE-3] five calls at once are all announced, one after another; a repeated one again',
  { timeout: 180_000 },
  async () => {
    const { page, context } = await openTv(browser);
    await page.locator('.lobby[data-filled=true]').waitFor();
    const calls = await Promise.all(counters.map((_, index) => callAt(index, 'en')));
    const read: string[] = [];
    const readCaption = async (): Promise<string[]> => {
      const [text] = await page.getByTestId('caption').allTextContents();
      if (text !== undefined && read[read.length - 1] !== text) read.push(text);
      return calls.map(({ number }) => number).filter((number) => !read.some((one) => one.includes(number)));
    };
    await eventually(readCaption, 120_000).toEqual([]);
    await page.getByTestId('caption').waitFor({ state: 'detached', timeout: 60_000 });
    const sounds = await soundsOf(page);
    expectInTurn(sounds);
    const chimes = sounds.filter(({ kind }) => kind === 'chime').length;
    expect(chimes).toBeGreaterThanOrEqual(5);
    await agents[0]!.post(`/counters/${counters[0]!.id}/recall`);
    await eventually(async () => (await soundsOf(page)).filter(({ kind }) => kind === 'chime').length).toBe(chimes + 1);
    expectInTurn(await soundsOf(page));
    await context.close();
  },
);

test(
  '[VOICE-9] a TV that is loaded anew goes on with its line: what it began is not begun again, what waited is announced',
  { timeout: 180_000 },
  async () => {
    const { page, context } = await openTv(browser);
    const caption = page.getByTestId('caption');
    const reload = async (): Promise<void> => {
      await page.reload();
      await page.locator('.lobby[data-filled=true]').waitFor();
    };
    await page.locator('.lobby[data-filled=true]').waitFor();
    const first = await callAt(0, 'en');
    await caption.getByText(first.number).first().waitFor();
    const second = await callAt(1, 'en');
    await page.locator(`[data-call="${second.number}"]`).waitFor();
    await reload();
    const read = new Set<string>();
    const readCaption = async (): Promise<string[]> => {
      for (const text of await caption.allTextContents()) read.add(text);
      return [...read].filter((text) => text.includes(second.number));
    };
    await eventually(async () => (await readCaption()).length, 60_000).toBe(2);
    await caption.waitFor({ state: 'detached', timeout: 60_000 });
    expect([...read].filter((text) => text.includes(first.number))).toEqual([]);
    expect((await soundsOf(page)).filter(({ kind }) => kind === 'chime')).toHaveLength(1);
    // Both calls are younger than half a minute or not: neither is heard again.
    await reload();
    const third = await callAt(2, 'en');
    await caption.getByText(third.number).first().waitFor();
    expect((await soundsOf(page)).filter(({ kind }) => kind === 'chime')).toHaveLength(1);
    await context.close();
  },
);

test('[VOICE-9] a browser that may keep nothing announces its calls all the same', { timeout: 120_000 }, async () => {
  const { page, context, faults } = await openTv(browser);
  await context.addInitScript(() =>
    Object.defineProperty(globalThis, 'sessionStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    }),
  );
  await page.reload();
  await page.locator('.lobby[data-filled=true]').waitFor();
  const { number } = await callAt(3, 'en');
  // After those of the last half minute.
  await page.getByTestId('caption').getByText(`Ticket ${number}`).waitFor({ timeout: 60_000 });
  await look(page, 'tv-caption-en');
  expect(faults).toEqual([]);
  await context.close();
});

test('[VOICE-6] a TV that the browser keeps silent says so, and a touch ends it', { timeout: 120_000 }, async () => {
  const { page, context, faults, health } = await openTv(silenced, '/tv?lang=ru');
  const others = await Promise.all(
    ['id', 'en', 'az'].map(async (language) => ({ language, ...(await openTv(silenced, `/tv?lang=${language}`)) })),
  );
  // The page is not asked before: whatever is asked of it here counts as a touch, and a browser that was touched is not silent.
  for (const each of [health, ...others.map((other) => other.health)])
    await eventually(async () => (await each()).sound).toBe('blocked');
  const badge = page.getByTestId('sound-blocked');
  await badge.waitFor();
  await look(page, 'tv-sound-blocked-ru');
  await lookInEach(others, 'tv-sound-blocked', (other) => other.getByTestId('sound-blocked').waitFor());
  const [, , longest] = others;
  await longest!.page.setViewportSize({ width: sizes.tv.height, height: sizes.tv.width });
  await look(longest!.page, 'tv-sound-blocked-az-upright');
  // Beside a call that is written there is room for the sign alone.
  await callAt(1);
  await page.getByTestId('caption').waitFor();
  await look(page, 'tv-sound-blocked-call-ru');
  // The longest of all that is said.
  await callAt(1, 'az');
  await longest!.page.getByTestId('caption').getByText('zəhmət olmasa').waitFor({ timeout: 60_000 });
  await look(longest!.page, 'tv-sound-blocked-call-az-upright');
  for (const other of others) await other.context.close();
  expect(await soundsOf(page)).toEqual([]);
  await page.mouse.click(600, 400);
  await badge.waitFor({ state: 'detached' });
  await eventually(async () => (await health()).sound).toBe('on');
  await callAt(2);
  await eventually(async () => (await soundsOf(page)).length, 60_000).toBeGreaterThan(0);
  expect(faults).toEqual([]);
  await context.close();
});

test('[VOICE-6] a screen is as loud as it says itself, else as its hall', { timeout: 120_000 }, async () => {
  const loudness = (page: Page): Promise<number | undefined> =>
    page.evaluate(() => (globalThis as unknown as { loudness: () => number | undefined }).loudness());
  const [board, quieter, silent] = await Promise.all(
    ['/tv', '/tv?screen=reading-room', '/tv?screen=library'].map((path) => openTv(browser, path)),
  );
  for (const { health } of [board!, quieter!]) await eventually(async () => (await health()).sound).toBe('on');
  const { number } = await callAt(0, 'id');
  await board!.page.getByTestId('caption').getByText(`Nomor antrean ${number}`).waitFor({ timeout: 60_000 });
  await look(board!.page, 'tv-caption-id');
  for (const { page } of [board!, quieter!])
    await eventually(async () => (await soundsOf(page)).length, 60_000).toBeGreaterThan(0);
  expect(await loudness(board!.page)).toBeCloseTo(0.8 ** 2);
  expect(await loudness(quieter!.page)).toBeCloseTo(0.3 ** 2);
  expect(await soundsOf(silent!.page)).toEqual([]);
  for (const { context } of [board!, quieter!, silent!]) await context.close();
});

test('[VOICE-6] a sign above a counter makes no sound', { timeout: 120_000 }, async () => {
  const sign = await openTv(browser, '/tv?screen=above');
  await sign.page.getByTestId('sign').waitFor();
  await eventually(async () => (await sign.health()).sound).toBe('none');
  await callAt(0);
  await sign.page.locator('[data-call]').waitFor();
  await sign.page.waitForTimeout(1_500);
  expect(await soundsOf(sign.page)).toEqual([]);
  await sign.context.close();
});

test('[VOICE-1] the browser decodes every clip, each as long as its pack says', { timeout: 120_000 }, async () => {
  const page = await browser.newPage();
  await page.goto(`${hall.address}/display/voices/id/pack.json`);
  for (const [language, { clips }] of packs) {
    const lengths = await page.evaluate(
      async (addresses) => {
        const context = new OfflineAudioContext(1, 1, 22_050);
        const found: { seconds: number; peak: number; cache: string | null }[] = [];
        for (const address of addresses) {
          const answer = await fetch(address);
          const buffer = await context.decodeAudioData(await answer.arrayBuffer());
          const peak = buffer.getChannelData(0).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
          found.push({ seconds: buffer.duration, peak, cache: answer.headers.get('cache-control') });
        }
        return found;
      },
      Object.values(clips).map(({ file }) => `/display/voices/${language}/${file}`),
    );
    for (const [index, [id, { ms }]] of Object.entries(clips).entries()) {
      const { seconds, peak, cache } = lengths[index]!;
      expect(Math.abs(seconds * 1000 - ms), `${language} ${id} ${seconds}`).toBeLessThan(30);
      expect(peak, `${language} ${id}`).toBeGreaterThan(0.2);
      expect(cache).toContain('immutable');
    }
  }
  await page.close();
});
