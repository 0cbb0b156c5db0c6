import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { startPushService } from '../harness/push-service.ts';
import { openPage } from './browser.ts';
import { eventually } from './eventually.ts';
import { lookAtPhone } from './each-language.ts';
import { look } from './look.ts';
import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
const blueprint = {
  ...shipped,
  languages: ['id', 'az', 'ru', 'en'],
  rules: { ...shipped.rules, webPush: true },
};
const service = await startPushService();
afterAll(() => service.close());
const { hall, browser } = await startScreens(blueprint, {
  publicUrl: new URL('https://queue.example.org'),
  otherPushService: service,
});
const desk = counterServing(blueprint, 'DUK');
const agent = await hall.staff('ani', desk.counterId);
const phones = { small: { width: 320, height: 640 }, usual: { width: 390, height: 844 } };

const issue = async (): Promise<{ url: string; number: string }> => {
  const { body } = await hall.visitor.post('/tickets', { serviceId: 'DUK-01', language: 'id' });
  return { url: `${hall.address}/v/${String(body.link)}`, number: (body.ticket as { number: string }).number };
};
/** A browser without the internet has no service of its maker: it gives the phone of the test's service instead. */
const givePhone = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript((subscription) => {
    PushManager.prototype.subscribe = () =>
      Promise.resolve({ toJSON: () => subscription } as unknown as PushSubscription);
  }, service.subscription);
/** Hands a message to the script of the page's browser, as its maker's service would. */
const deliver = async (context: BrowserContext, page: Page, data: string): Promise<void> => {
  const browserSide = await context.newCDPSession(page);
  const registrationId = new Promise<string>((known) => {
    browserSide.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations[0]) known(registrations[0].registrationId);
    });
  });
  await browserSide.send('ServiceWorker.enable');
  await browserSide.send('ServiceWorker.deliverPushMessage', {
    origin: hall.address,
    registrationId: await registrationId,
    data,
  });
};

test('[PUSH-1] [PUSH-2] a visitor turns it on after reading what it is; the message shows on the phone, and is turned off again', async () => {
  const { url, number } = await issue();
  const { page, context, faults } = await openPage(browser, 'about:blank', phones.usual);
  await givePhone(context);
  await context.grantPermissions(['notifications'], { origin: hall.address });
  await lookAtPhone(page, url, 'visit-push-offered');
  await page.goto(url);
  await page.locator('#push').click();
  await page.locator('#allow-push').click();
  await page.locator('#push-on').waitFor();
  await lookAtPhone(page, `${url}?push=1`, 'visit-push-on', () => page.locator('#push-on').waitFor());
  await page.goto(`${url}?push=1&language=id`);
  await agent.post(`/counters/${desk.counterId}/call-next`);
  await eventually(() => service.delivered.length, 20_000).toBe(1);
  const { message } = service.delivered[0]!;
  expect(message.title).toContain(`${number} · Loket ${desk.number}`);
  await deliver(context, page, JSON.stringify(message));
  const shown = () =>
    page.evaluate(async () => {
      const { active, ...registration } = await navigator.serviceWorker.ready.then((ready) => ({
        active: ready.active?.scriptURL,
        notices: ready.getNotifications(),
      }));
      return (await registration.notices).map(({ title, body, tag }) => ({ title, body, tag, by: active }));
    });
  await eventually(shown, 20_000).toEqual([
    {
      title: message.title,
      body: message.body,
      tag: message.link,
      by: `${hall.address}/v/push-worker.js`,
    },
  ]);
  expect(faults).toEqual([]);
  // Turned off, as it was turned on; nothing of the phone is left.
  await page.locator('#stop-push').click();
  await page.locator('#number').waitFor();
  expect(await hall.sql`select from visitor_push`).toHaveLength(0);
  await agent.post(`/counters/${desk.counterId}/start`);
  await agent.post(`/counters/${desk.counterId}/finish`);
  await context.close();
}, 120_000);

test('[PUSH-1] a browser that does not allow it, or has no service, says so in words, and nothing is kept', async () => {
  const { url } = await issue();
  for (const language of ['id', 'az', 'ru', 'en']) {
    const { page, context } = await openPage(browser, `${url}?push=1&language=${language}`, phones.small);
    // Whoever was not asked before has said no where nobody can be asked.
    await page.locator('#allow-push').click();
    await page.locator('#push-failed:not([hidden])').waitFor();
    expect(await page.locator('#push-failed').textContent()).toBe(
      await page.locator('#allow-push').getAttribute('data-denied'),
    );
    await look(page, `visit-push-denied-${language}`);
    await context.grantPermissions(['notifications'], { origin: hall.address });
    await page.locator('#allow-push').click();
    await eventually(() => page.locator('#push-failed').textContent(), 20_000).toBe(
      await page.locator('#allow-push').getAttribute('data-failed'),
    );
    await context.close();
  }
  expect(await hall.sql`select from visitor_push`).toHaveLength(0);
}, 120_000);

test('[PUSH-1] without a script, or without the rule, it is not offered', async () => {
  const { url } = await issue();
  const context = await browser.newContext({ viewport: phones.usual, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  expect(await page.locator('#push').isVisible()).toBe(false);
  await context.close();
});
