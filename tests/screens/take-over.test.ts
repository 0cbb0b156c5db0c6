import { expect, test } from 'vitest';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { current, press, shows, startCounters } from './counters.ts';
import { closeEach, lookInEach, openInEach } from './each-language.ts';
import { look } from './look.ts';
import { shippedBlueprint } from './screens-hall.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
const languages = ['id', 'en', 'az', 'ru'];
const { hall, browser, opened, open, openCounter, take } = await startCounters({ ...shipped, languages });
const faults = () => expect(opened.flatMap((page) => page.faults)).toEqual([]);

test('[COUNTER-6] [COUNTER-7] a counter is taken over in one press, with its visitor; the other is told who has it', async () => {
  const { page: first, services, id } = await openCounter('sari', 17);
  const ticket = await take(services[0]);
  await press(first, 'F2', 'main');
  await shows(first, 'called');

  const password = await hall.hire('dewi', 'dewi');
  const pages = await openInEach(browser, (language) => `${hall.address}/counter?lang=${language}`, sizes.counter);
  for (const { page } of pages) await signInOnPage(page, 'dewi', password);
  const offer = '[data-take-over="17"]';
  await lookInEach(pages, 'counter-take-over', (page) => page.locator(offer).waitFor());
  const { page: second } = pages.find(({ language }) => language === 'en')!;
  await second.setViewportSize({ width: 420, height: 768 });
  await second.locator(offer).scrollIntoViewIfNeeded();
  await look(second, 'counter-take-over-beside-en');
  expect(await second.locator('.taken[data-counter="17"]').textContent()).toMatch(
    /Open: sari.*Called:.*Take over from sari/s,
  );
  await second.setViewportSize(sizes.counter);
  await second.locator(offer).click();

  // All pages of the one have it with its visitor, and the other is told.
  for (const { page } of pages) await shows(page, 'called');
  expect(await current(second)).toContain(ticket.number);
  const told = first.getByTestId('taken-over');
  await told.waitFor();
  expect(await told.textContent()).toBe('dewi has taken over counter 17. A visitor who was there goes on with them.');
  expect(await first.locator('[data-action=main]').count()).toBe(0);
  await look(first, 'counter-taken-over-en');
  for (const language of ['id', 'az', 'ru']) {
    // Told after the page began anew, too, and in every language.
    await first.goto(`${hall.address}/counter?lang=${language}`);
    await first.locator(`html[lang=${language}]`).waitFor();
    await told.waitFor();
    await look(first, `counter-taken-over-${language}`);
  }
  await first.setViewportSize({ width: 420, height: 768 });
  await look(first, 'counter-taken-over-beside-ru');

  await press(second, 's', 'start');
  await shows(second, 'serving');
  await press(second, 'e', 'finish');
  await shows(second, 'open');
  expect((await hall.manager.get(`/tickets/${ticket.id}`)).body).toMatchObject({ status: 'done' });

  // Whoever works again has heard of it.
  await first.locator('[data-counter="18"]').click();
  await shows(first, 'open');
  await hall.manager.post(`/counters/${id}/close`);
  await second.locator('[data-counter="17"]').waitFor();
  expect(pages.flatMap((page) => page.faults)).toEqual([]);
  faults();
  await closeEach(pages);
}, 180_000);

test('[COUNTER-6] who was put out meanwhile is not put out unseen', async () => {
  const { page: first } = await openCounter('nurul', 19);
  const second = await open('/counter?lang=en');
  await signInOnPage(second, 'tini', await hall.hire('tini', 'tini'));
  const offer = second.locator('[data-take-over="19"]');
  await offer.waitFor();
  // Another one is quicker, which this page hears of with the answer only.
  const agent = await hall.hire('wati', 'wati');
  await second.route('**/counters/*/open', async (route) => {
    const there = await openPage(browser, `${hall.address}/counter?lang=en`, sizes.counter);
    await signInOnPage(there.page, 'wati', agent);
    await there.page.locator('[data-take-over="19"]').click();
    await shows(there.page, 'open');
    await there.context.close();
    await route.continue();
  });
  await offer.click();
  const message = second.getByTestId('message');
  await message.waitFor();
  expect(await message.textContent()).toContain('by wati');
  expect(await offer.textContent()).toContain('Take over from wati');
  await second.unroute('**/counters/*/open');
  await first.getByTestId('taken-over').waitFor();
  await offer.click();
  await shows(second, 'open');
}, 120_000);

test('[COUNTER-7] two pages of one agent show the same counter, and each can be worked at', async () => {
  const { page: first, services } = await openCounter('rina', 20);
  const second = await first.context().newPage();
  await second.goto(`${hall.address}/counter?lang=en`);
  await shows(second, 'open');
  const ticket = await take(services[0]);
  await press(second, 'F2', 'main');
  for (const page of [first, second]) {
    await shows(page, 'called');
    expect(await current(page)).toContain(ticket.number);
  }
  await press(first, 's', 'start');
  await shows(second, 'serving');
  await press(second, 'e', 'finish');
  await shows(first, 'open');
  await first.locator('[data-action=close]').click();
  for (const page of [first, second]) await page.locator('[data-counter="20"]').waitFor();
  expect(await second.getByTestId('taken-over').count()).toBe(0);
  faults();
}, 120_000);
