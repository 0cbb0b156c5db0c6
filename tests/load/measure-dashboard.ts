import { setTimeout as wait } from 'node:timers/promises';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Page } from 'playwright-core';
import { openHall, signIn } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { launchBrowser, openPage, signInOnPage, sizes } from '../screens/browser.ts';
import { buildScreens } from '../screens/build-screens.ts';
import { type Figure, figureOf } from './figures.ts';
import type { BenchHall } from './measure-memory.ts';

/** A big hall: 240 services of 24 agencies, 60 counters. */
const branch = 'big';
const agencyCount = 24;
const serviceCount = 240;
const counterCount = 60;
const letters = 'ABCDEFGHJKLMNPRSTUVW';

const bigHall: Blueprint = {
  ...plainHall,
  branch,
  agencies: Array.from({ length: agencyCount }, (_, index) => ({ id: `A-${index}`, name: { en: `Agency ${index}` } })),
  services: Array.from({ length: serviceCount }, (_, index) => ({
    id: `S-${index}`,
    agency: `A-${index % agencyCount}`,
    name: { en: `Service number ${index} of the hall` },
    prefix: `${letters[Math.floor(index / letters.length)]}${letters[index % letters.length]}`,
    source: 'made for tests',
  })),
  counters: Array.from({ length: counterCount }, (_, index) => ({
    id: `C-${index + 1}`,
    number: index + 1,
    serves: { agencies: [`A-${index % agencyCount}`] },
  })),
};

/** What is measured, after some for which code is compiled. */
const measured = 60;
const warming = 20;
/** Between two acts, ms: each is a message of its own, and the figures of the day are asked for meanwhile. */
const betweenMs = 300;
/** What the main thread may take for a message, ms: a frame. */
const frameMs = 16;

/** How long the main thread has worked so far, ms of a processor: what other programs of the machine take is none of its work. */
const workedMs = async (page: Page): Promise<() => Promise<number>> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1_000;
  };
};

/**
 * The manager's page of a big hall: what its main thread works for a message of the socket, with all that it does beside,
 * such as its clock, the figures of the day and the charts.
 */
export const measureDashboard = async (startHall: () => Promise<BenchHall>, rounds: number): Promise<Figure> => {
  await buildScreens();
  const results: { ours: number; limit: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const hall = await startHall();
    await importBlueprint(hall.sql, bigHall);
    const { address } = hall.server;
    const api = await signIn(address, branch, 'manager', hall.password);
    await openHall(api, counterCount);
    const issue = async (index: number): Promise<void> => {
      const { status, body } = await api.post('/tickets', { serviceId: `S-${index % serviceCount}` });
      if (status !== 201) throw new Error(JSON.stringify(body));
    };
    // Somebody waits for each service, and each counter has a visitor.
    for (let index = 0; index < 2 * serviceCount; index++) await issue(index);
    for (let counter = 1; counter <= counterCount; counter++) await api.post(`/counters/C-${counter}/call-next`);

    const browser = await launchBrowser();
    const { page } = await openPage(browser, 'about:blank', sizes.counter);
    let messages = 0;
    page.on('websocket', (socket) => socket.on('framereceived', () => messages++));
    await page.goto(`${address}/manager?branch=${branch}`);
    await signInOnPage(page, 'manager', hall.password);
    await page.locator('[data-chart=waits] svg text').first().waitFor();
    const worked = await workedMs(page);
    let from = { worked: 0, messages: 0 };
    for (let index = 0; index < warming + measured; index++) {
      if (index === warming) from = { worked: await worked(), messages };
      if (index % 2 === 0) await issue(index * 7);
      else await api.post(`/counters/C-${(index % counterCount) + 1}/call-next`);
      await wait(betweenMs);
    }
    const came = messages - from.messages;
    if (came < measured) throw new Error(`${measured} acts came as ${came} messages`);
    results.push({ ours: ((await worked()) - from.worked) / came, limit: frameMs });
    await browser.close();
    await hall.stop();
  }
  return figureOf(results, 'ms');
};
