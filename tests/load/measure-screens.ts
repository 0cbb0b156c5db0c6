import { setTimeout as wait } from 'node:timers/promises';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { Page } from 'playwright-core';
import { type Api, openHall, signIn } from '../harness/api.ts';
import { counterCount, plainHall } from '../harness/plain-hall.ts';
import { launchBrowser, openPage, signInOnPage, sizes } from '../screens/browser.ts';
import { buildScreens } from '../screens/build-screens.ts';
import { type Figure, figureOf, percentile } from './figures.ts';
import type { BenchHall } from './measure-memory.ts';

/** Of its own, as it announces by its chime alone: with words one would wait eight seconds from call to call. */
const branch = 'heard';
const chimesOnly = { chime: true, voice: false, times: 1, volume: 60 };
/** At the last an agent works in Chromium. */
const callingCounters = counterCount - 1;
/** Calls and tickets that are measured, after some for which code is compiled and caches are filled. */
const measured = 40;
const warming = 10;
/** A chime and what follows it are over by then, ms. */
const betweenCallsMs = 1_800;
/** What the 95th percentiles may take, ms. */
const callLimit = 150;
const ticketLimit = 300;
const deskLimit = 100;

/** Waits in the page for what is selected and says `text`, and for the frame that shows it. @returns that moment, epoch ms */
const paintedAt = (page: Page, selector: string, text: string | null = null): Promise<number> =>
  page.evaluate(
    ([wanted, said]) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const element = document.querySelector(wanted);
          if (!element || (said !== null && element.textContent !== said)) return;
          observer.disconnect();
          // A message comes right after the frame; a timer may be held back.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(Date.now());
          requestAnimationFrame(() => port2.postMessage(0));
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        look();
      }),
    [selector, text] as const,
  );

type WithMoment = typeof globalThis & { moment: Promise<number> };

/** Listens for the next event of this name in the page. @returns waits for it, and tells its moment, epoch ms */
const listenFor = async (page: Page, event: 'pointerdown' | 'keydown'): Promise<() => Promise<number>> => {
  // The input may overtake what is not waited for.
  await page.evaluate((name) => {
    (globalThis as WithMoment).moment = new Promise((resolve) =>
      addEventListener(name, () => resolve(Date.now()), { once: true, capture: true }),
    );
  }, event);
  return () => page.evaluate(() => (globalThis as WithMoment).moment);
};

/** When the last announcement began, epoch ms; `NaN`: never. */
const announcedAt = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const [mark] = performance.getEntriesByName('announced');
    return mark ? Date.now() - performance.now() + mark.startTime : NaN;
  });

const measureCalls = async (api: Api, page: Page): Promise<{ painted: number[]; chimed: number[] }> => {
  const painted: number[] = [];
  const chimed: number[] = [];
  for (let index = 0; index < warming + measured; index++) {
    const issued = await api.post('/tickets', { serviceId: 'S-0' });
    const { number } = issued.body.ticket as { number: string };
    const shown = paintedAt(page, `[data-testid=current-call] [data-call="${number}"]`);
    const began = Date.now();
    const called = await api.post(`/counters/C-${(index % callingCounters) + 1}/call-next`);
    if (called.status !== 200) throw new Error(JSON.stringify(called.body));
    const paintedAfter = (await shown) - began;
    await wait(betweenCallsMs);
    if (index < warming) continue;
    painted.push(paintedAfter);
    chimed.push((await announcedAt(page)) - began);
  }
  // A chime that never came would be one of an earlier call.
  if (!chimed.every((ms) => ms > 0)) throw new Error('a call had no chime');
  return { painted, chimed };
};

/** From the touch that takes a ticket to the frame that shows its number. */
const measureTickets = async (page: Page): Promise<number[]> => {
  const times: number[] = [];
  for (let index = 0; index < warming + measured; index++) {
    await page.locator('[data-tile="A"]').click();
    await page.locator('[data-tile="S-0"]').click();
    const take = page.locator('[data-testid=take]');
    await take.waitFor();
    const touched = await listenFor(page, 'pointerdown');
    const shown = paintedAt(page, '[data-testid=ticket-number]');
    await take.click();
    const took = (await shown) - (await touched());
    if (index >= warming) times.push(took);
    await page.locator('.done').click();
  }
  return times;
};

/** From the key that calls the next visitor to the frame that shows whom. */
const measureKeys = async (api: Api, page: Page): Promise<number[]> => {
  const numbers: string[] = [];
  for (let index = 0; index < warming + measured; index++) {
    const issued = await api.post('/tickets', { serviceId: 'S-0' });
    numbers.push((issued.body.ticket as { number: string }).number);
  }
  const times: number[] = [];
  for (const [index, number] of numbers.entries()) {
    await page.locator(`[data-next="${number}"]`).waitFor({ timeout: 5_000 });
    await page.locator('[aria-busy=false]').waitFor();
    const pressed = await listenFor(page, 'keydown');
    const shown = paintedAt(page, '[data-testid=current-number]', number);
    await page.keyboard.press('F2');
    const took = (await shown) - (await pressed());
    if (index >= warming) times.push(took);
  }
  return times;
};

/** What people see and hear, in Chromium: a call on the TV, a ticket on the kiosk, a visitor at the desk. */
export const measureScreens = async (
  startHall: () => Promise<BenchHall>,
  rounds: number,
): Promise<Map<string, Figure>> => {
  await buildScreens();
  const results: Record<'painted' | 'chimed' | 'ticket' | 'desk', { ours: number; limit: number }[]> = {
    painted: [],
    chimed: [],
    ticket: [],
    desk: [],
  };
  for (let round = 0; round < rounds; round++) {
    const hall = await startHall();
    const { address } = hall.server;
    await importBlueprint(hall.sql, { ...plainHall, branch, rules: { ...plainHall.rules, announcements: chimesOnly } });
    const api = await signIn(address, branch, 'manager', hall.password);
    await openHall(api, callingCounters);
    const agent = { login: 'agent', displayName: 'Agent', role: 'agent', branchId: branch } as const;
    const password = await createStaff(hall.sql, agent);
    const browser = await launchBrowser();
    const tv = await openPage(browser, `${address}/tv?branch=${branch}`, sizes.tv);
    await tv.page.locator('[data-filled=true]').waitFor();
    const { painted, chimed } = await measureCalls(api, tv.page);
    await tv.context.close();
    const kiosk = await openPage(browser, `${address}/kiosk?branch=${branch}`, sizes.kiosk);
    const ticket = await measureTickets(kiosk.page);
    await kiosk.context.close();
    // Those who have taken a ticket there would come first.
    while ((await api.post('/counters/C-1/call-next')).status === 200);
    const counter = await openPage(browser, `${address}/counter?branch=${branch}`, sizes.counter);
    await signInOnPage(counter.page, agent.login, password);
    await counter.page.locator(`[data-counter="${counterCount}"]`).click();
    await counter.page.locator('[data-action=main]').waitFor();
    const desk = await measureKeys(api, counter.page);
    await browser.close();
    await hall.stop();
    results.painted.push({ ours: percentile(painted, 0.95), limit: callLimit });
    results.chimed.push({ ours: percentile(chimed, 0.95), limit: callLimit });
    results.ticket.push({ ours: percentile(ticket, 0.95), limit: ticketLimit });
    results.desk.push({ ours: percentile(desk, 0.95), limit: deskLimit });
  }
  return new Map([
    ['screens.call.painted', figureOf(results.painted, 'ms')],
    ['screens.call.chimed', figureOf(results.chimed, 'ms')],
    ['screens.ticket', figureOf(results.ticket, 'ms')],
    ['screens.desk', figureOf(results.desk, 'ms')],
  ]);
};
