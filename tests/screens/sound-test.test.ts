import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { letIn } from '../harness/let-in.ts';
import { launchBrowser, openPage, signInOnPage, sizes } from './browser.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('asan');
/** A test is heard in them too: all hours but a minute of the night. */
const quiet = { from: '02:01', to: '02:00' };
const { hall, browser } = await startScreens({
  ...shipped,
  languages: ['az', 'ru', 'en', 'id'],
  rules: { ...shipped.rules, confirmsArrival: false, announcements: { chime: true, voice: true, quiet } },
  screens: [{ id: 'above', layout: 'sign', zone: { counters: [shipped.counters[0]!.id] } }],
});
const silenced = await launchBrowser(false);
afterAll(() => silenced.close());

/** A TV that a manager let in, which counts the chimes and recordings it plays. */
const openTv = async (from: typeof browser, name: string, path = '/tv?lang=az') => {
  const { cookie } = await letIn(hall.address, hall.branchId, hall.manager.headers, { kind: 'display', name });
  const tv = await openPage(from, 'about:blank', sizes.tv);
  const [cookieName = '', value = ''] = cookie.split('=');
  await tv.context.addCookies([{ name: cookieName, value, url: hall.address, httpOnly: true }]);
  await tv.context.addInitScript(() => {
    const heard: { kind: 'chime' | 'clip'; at: number; seconds: number }[] = [];
    Object.assign(globalThis, { heard });
    const { start: startClip } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function (when = 0, offset = 0, seconds = 0) {
      heard.push({ kind: 'clip', at: when, seconds });
      startClip.call(this, when, offset, seconds);
    };
    const { start: startTone } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when = 0) {
      if (Math.round(this.frequency.value) === 659) heard.push({ kind: 'chime', at: when, seconds: 1.1 });
      startTone.call(this, when);
    };
  });
  await tv.page.goto(`${hall.address}${path}`);
  return tv;
};
const heardBy = (page: Page) =>
  page.evaluate(() =>
    (globalThis as unknown as { heard: { kind: string; at: number; seconds: number }[] }).heard.sort(
      (a, b) => a.at - b.at,
    ),
  );

/** A TV that nobody has switched on. */
const unseen = (name: string) => letIn(hall.address, hall.branchId, hall.manager.headers, { kind: 'display', name });

const openDevices = async (language: string): Promise<Page> => {
  const { page } = await openPage(browser, `${hall.address}/devices?lang=${language}`, sizes.counter);
  await signInOnPage(page, 'manager', hall.managerPassword);
  return page;
};
const rowOf = (page: Page, name: string) => page.locator(`[data-device="${name}"]`);

test(
  '[VOICE-8] a manager has the sound of a TV tested: it is heard there, also in quiet hours, and the list says when',
  { timeout: 120_000 },
  async () => {
    const tv = await openTv(browser, 'Gözləmə zalının girişindəki böyük televizor, birinci mərtəbə');
    await tv.page.locator('.lobby[data-link=live][data-filled=true]').waitFor();
    const page = await openDevices('az');
    const row = page.locator('[data-device]').first();
    await row.locator('[data-action=test-sound]').click();
    await row.locator('[data-sound=open]').waitFor();
    await tv.page.getByTestId('caption').getByText('Bu, səs yoxlamasıdır').waitFor();
    await row
      .locator('[data-sound=good]')
      .getByText(/saat \d\d:\d\d səsləndirildi/)
      .waitFor({ timeout: 20_000 });
    expect((await heardBy(tv.page)).map(({ kind }) => kind)).toEqual(['chime', 'clip']);
    expect(tv.faults).toEqual([]);
    const rows = await hall.sql`select action, by from audit_entry where action = 'device.sound-tested'`;
    expect(rows.map((each) => ({ ...each }))).toEqual([{ action: 'device.sound-tested', by: 'manager' }]);
    await tv.context.close();
    for (const language of catalogueLanguages) {
      const other = await openTv(browser, `TV ${language}`, `/tv?lang=${language}`);
      await other.page.locator('.lobby[data-link=live][data-filled=true]').waitFor();
      await rowOf(page, `TV ${language}`).locator('[data-action=test-sound]').click();
      await other.page.getByTestId('caption').waitFor();
      await look(other.page, `tv-sound-test-${language}`);
      await other.context.close();
    }
    await page.context().close();
    await hall.sql`update device set revoked_at = now()`;
  },
);

test(
  '[VOICE-8] one that is silent, makes no sound, or is not there is said to be so, in every language',
  { timeout: 180_000 },
  async () => {
    const blocked = await openTv(silenced, 'TV 1');
    const sign = await openTv(browser, 'TV 2', '/tv?screen=above');
    await sign.page.getByTestId('sign').waitFor();
    const { device: away } = await unseen('TV 3');
    await hall.sql`update device set seen_at = now() - interval '1 hour' where id = ${away.id}`;
    const { device: still } = await unseen('TV 4');
    await hall.sql`update device set seen_at = now() where id = ${still.id}`;
    const page = await openDevices('en');
    for (const name of ['TV 1', 'TV 2', 'TV 3', 'TV 4'])
      await rowOf(page, name).locator('[data-action=test-sound]').click();
    await rowOf(page, 'TV 1').getByText('until somebody touches the screen').waitFor();
    await rowOf(page, 'TV 2').getByText('this screen makes no sound').waitFor();
    await rowOf(page, 'TV 3').getByText('Sound test: not connected').waitFor();
    await rowOf(page, 'TV 4').getByText('no answer within 10 seconds').waitFor({ timeout: 20_000 });
    await page.context().close();
    for (const language of ['az', 'en', 'id', 'ru']) {
      const list = await openDevices(language);
      await list.locator('[data-sound=bad]').nth(3).waitFor();
      await look(list, `devices-${language}-sound-tests`);
      await list.context().close();
    }
    await Promise.all([blocked.context.close(), sign.context.close()]);
    await hall.sql`update device set revoked_at = now()`;
  },
);
