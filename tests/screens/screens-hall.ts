import { readFileSync } from 'node:fs';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import type { NodeOptions } from '@antrean/server/node.ts';
import { parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Browser } from 'playwright-core';
import { afterAll } from 'vitest';
import { type Api, signIn } from '../harness/api.ts';
import { middayZone } from '../harness/midday-zone.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { launchBrowser } from './browser.ts';
import { buildScreens } from './build-screens.ts';

export type ShippedHall = 'mpp-banyuwangi' | 'asan';

/** A blueprint that ships with the product, its screens open, where it is midday: the longest real names are in these. */
export const shippedBlueprint = (name: ShippedHall): Blueprint => {
  const file = new URL(`../../server/setup/blueprints/${name}.yaml`, import.meta.url);
  const { blueprint } = parseBlueprint(readFileSync(file, 'utf8'));
  if (!blueprint) throw new Error(`${name} has faults`);
  return { ...blueprint, zone: middayZone(), rules: { ...blueprint.rules, openScreens: true } };
};

/** A running hall that serves its screens. */
export interface ScreensHall extends TestHall {
  readonly address: string;
  readonly manager: Api;
  readonly visitor: Api;
  /** Makes an agent. @returns the password */
  readonly hire: (login: string, displayName: string) => Promise<string>;
  /** Makes an agent who opens a counter over the API. */
  readonly staff: (login: string, counterId: string) => Promise<Api>;
}

export const startScreensHall = async (
  blueprint: Blueprint,
  options: Partial<NodeOptions> = {},
): Promise<ScreensHall> => {
  await buildScreens();
  const hall = await startTestHall({ blueprint, servesScreens: true, ...options });
  const [node] = hall.nodes;
  const [manager] = hall.managers;
  const [visitor] = hall.visitors;
  if (!node || !manager || !visitor) throw new Error('the hall has no node');
  const hire = (login: string, displayName: string): Promise<string> =>
    createStaff(hall.sql, { login, displayName, role: 'agent', branchId: blueprint.branch });
  return {
    ...hall,
    address: node.address,
    manager,
    visitor,
    hire,
    staff: async (login, counterId) => {
      const agent = await signIn(node.address, blueprint.branch, login, await hire(login, login));
      const opened = await agent.post(`/counters/${counterId}/open`);
      if (opened.status !== 200) throw new Error(JSON.stringify(opened.body));
      return agent;
    },
  };
};

/** A hall with its day open, and a browser, for one test file: both end with it. */
export const startScreens = async (
  blueprint: Blueprint,
  options: Partial<NodeOptions> = {},
): Promise<{ hall: ScreensHall; browser: Browser }> => {
  const hall = await startScreensHall(blueprint, options);
  afterAll(() => hall.stop());
  const browser = await launchBrowser();
  afterAll(() => browser.close());
  await hall.manager.post('/day/open');
  return { hall, browser };
};

/** A counter that serves an agency. */
export const counterServing = (blueprint: Blueprint, agency: string): { counterId: string; number: number } => {
  const counter = blueprint.counters.find(({ serves }) => serves.agencies?.includes(agency));
  if (!counter) throw new Error(`no counter serves ${agency}`);
  return { counterId: counter.id, number: counter.number };
};
