import type { EventData } from './events.ts';
import type { Leg } from './ticket.ts';

/**
 * What must hold of the legs of a visit by its own events. Written without what decides and folds them, so that a fault
 * there is found too.
 */

type Begun = Pick<EventData['ticket.issued'], 'serviceId' | 'legs' | 'among'>;
type WentOn = Pick<EventData['ticket.went-on'], 'toServiceId' | 'legs' | 'among'>;

type Among = NonNullable<Begun['among']>;

/** What is wrong with the first leg of a journey, in words to follow a ticket's number. */
export const beginWith = ({ serviceId, legs = [], among }: Begun): string[] => {
  const others = legs.filter(({ step }) => step === 0).map((leg) => leg.serviceId);
  const free = [serviceId, ...others];
  const isSame = among === undefined ? others.length === 0 : sameIn(among, free);
  return [
    ...(isSame ? [] : [`begins with ${serviceId}, which was not chosen among ${free.join(', ')}`]),
    ...wrongChoice(serviceId, among, ({ waitMs, shut }) => (shut ? 2 : waitMs === null ? 1 : 0)),
  ];
};

/** The leg that a visit goes on with, those that are left, and what is wrong with that. */
export const goOnWith = (
  before: readonly Leg[],
  { toServiceId, legs: said, among }: WentOn,
): { leg: Leg | undefined; legs: readonly Leg[]; faults: string[] } => {
  let last = 0;
  while (before[last + 1]?.step !== undefined && before[last + 1]?.step === before[0]?.step) last += 1;
  const free = before.slice(0, last + 1);
  const place = free.findIndex(({ serviceId }) => serviceId === toServiceId);
  const legs = before.toSpliced(Math.max(0, place), 1);
  const names = free.map(({ serviceId }) => serviceId);
  const faults = wrongChoice(toServiceId, among, ({ waitMs, shut }) => (waitMs === null ? 2 : shut ? 1 : 0));
  if (place < 0) faults.push(`goes on with ${toServiceId}, which was not next`);
  if (among === undefined ? free.length > 1 : !sameIn(among, names)) {
    faults.push(`goes on with ${toServiceId}, which was not chosen among ${names.join(', ')}`);
  }
  // Ledgers of before there were journeys do not say what is left.
  if (said && textOf(said) !== textOf(legs)) faults.push(`has ${textOf(legs)} before it, and not ${textOf(said)}`);
  return { leg: place < 0 ? undefined : free[place], legs, faults };
};

/** The lower rank, then the shorter wait, then the order of the journey. */
const wrongChoice = (chosen: string, among: Among = [], rankOf: (option: Among[number]) => number): string[] => {
  const [best] = [...among].sort((a, b) => rankOf(a) - rankOf(b) || (a.waitMs ?? 1e15) - (b.waitMs ?? 1e15));
  return best && best.serviceId !== chosen ? [`goes to ${chosen}, but ${best.serviceId} was the best choice`] : [];
};

const sameIn = (among: Among, names: readonly string[]): boolean =>
  JSON.stringify(among.map(({ serviceId }) => serviceId as string).sort()) === JSON.stringify([...names].sort());

const textOf = (legs: readonly Pick<Leg, 'serviceId' | 'step'>[]): string =>
  legs.map(({ serviceId, step }) => (step === undefined ? serviceId : `${serviceId} (${step})`)).join(', ');
