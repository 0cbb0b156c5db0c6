import type { Static } from 'typebox';
import { isSame, texts } from '../domain/draft.ts';
import type { Blueprint } from './blueprint.ts';
import type { Services } from './blueprint-rules.ts';

/** Lists of which something can be taken out. */
export type RemovablePart = 'agencies' | 'services' | 'counters' | 'priorities' | 'screens' | 'printers';

/** What else a removal does, by id; the numbers of counters. */
export interface Removal {
  readonly blueprint: Blueprint;
  /** Services that go with their agency. */
  readonly services: readonly string[];
  /** Services that no counter serves any longer. */
  readonly unserved: readonly string[];
  /** Counters that have nothing left to serve. */
  readonly idle: readonly number[];
  readonly journeys: readonly string[];
  /** Screens that would have no part of the hall left to show, and go with it. */
  readonly screens: readonly string[];
  /** Whether a rule on skills or help named it. */
  readonly isInRules: boolean;
}

/**
 * The blueprint without one of its things, an agency also without its services, and without every reference to what is
 * gone. Rules and journeys with nothing left go too; a counter that serves nothing any longer stays, to be given something.
 */
export const removeFromBlueprint = (blueprint: Blueprint, part: RemovablePart, id: string): Removal => {
  const isKept = (list: RemovablePart) => (each: { readonly id: string }) => list !== part || each.id !== id;
  const services = blueprint.services
    .filter(isKept('services'))
    .filter(({ agency }) => part !== 'agencies' || agency !== id);
  const agencies = blueprint.agencies.filter(isKept('agencies'));
  const counters = blueprint.counters.filter(isKept('counters'));
  const known: Known = { agencies: idsOf(agencies), services: idsOf(services), counters: idsOf(counters) };
  const { journeys, rules, screens, printers, ...rest } = blueprint;
  const keptScreens = screensOf(screens?.filter(isKept('screens')), known);
  const keptPrinters = (printers ?? []).filter(isKept('printers'));
  const keptJourneys = journeysOf(journeys, known);
  const after: Blueprint = {
    ...rest,
    rules: rulesOf(rules, known),
    priorities: blueprint.priorities.filter(isKept('priorities')),
    agencies,
    services,
    counters: counters.map((counter) => ({ ...counter, serves: narrowed(counter.serves, known) })),
    ...(keptJourneys.length > 0 && { journeys: keptJourneys }),
    ...(keptScreens.length > 0 && { screens: keptScreens }),
    ...(keptPrinters.length > 0 && { printers: keptPrinters }),
  };
  const unservedBefore = unservedIn(blueprint);
  const isIdle = ({ serves }: Blueprint['counters'][number]): boolean => Object.keys(serves).length === 0;
  return {
    blueprint: after,
    services: part === 'agencies' ? blueprint.services.filter(({ agency }) => agency === id).map(({ id }) => id) : [],
    unserved: unservedIn(after).filter((service) => !unservedBefore.includes(service)),
    idle: after.counters.filter(isIdle).map(({ number }) => number),
    journeys: (journeys ?? [])
      .filter(({ steps }) => steps.flat().some((service) => !known.services.has(service)))
      .map((journey) => journey.id),
    screens: (screens ?? [])
      .filter(isKept('screens'))
      .map((screen) => screen.id)
      .filter((screen) => !keptScreens.some((kept) => kept.id === screen)),
    isInRules: JSON.stringify(after.rules) !== JSON.stringify(rules),
  };
};

type Known = Readonly<Record<'agencies' | 'services' | 'counters', ReadonlySet<string>>>;

const idsOf = (things: readonly { readonly id: string }[]): ReadonlySet<string> => new Set(things.map(({ id }) => id));

const narrowed = ({ agencies, services }: Static<typeof Services>, known: Known): Static<typeof Services> => {
  const keptAgencies = agencies?.filter((each) => known.agencies.has(each)) ?? [];
  const keptServices = services?.filter((each) => known.services.has(each)) ?? [];
  return {
    ...(keptAgencies.length > 0 && { agencies: keptAgencies }),
    ...(keptServices.length > 0 && { services: keptServices }),
  };
};

/** Entries that name nothing of what is gone stay as they are, half made ones too. */
const rulesOf = ({ skills, helps, ...rest }: Blueprint['rules'], known: Known): Blueprint['rules'] => {
  const keptSkills = (skills ?? []).flatMap((skill) => {
    const after = { ...skill, counters: countersOf(skill.counters, known), of: narrowed(skill.of, known) };
    return keep(skill, after, after.counters, after.of);
  });
  const keptHelps = (helps ?? []).flatMap((help) => {
    const after = { ...help, counters: countersOf(help.counters, known), with: narrowed(help.with, known) };
    return keep(help, after, after.counters, after.with);
  });
  return {
    ...rest,
    ...(keptSkills.length > 0 && { skills: keptSkills }),
    ...(keptHelps.length > 0 && { helps: keptHelps }),
  };
};

/** A draft's entry may have no counters yet. */
const countersOf = (ids: unknown, known: Known): string[] => texts(ids).filter((id) => known.counters.has(id));

const keep = <T extends { readonly counters: readonly string[] }>(
  before: T,
  after: T,
  counters: readonly string[],
  services: object,
): T[] => {
  if (isSame({ ...before, counters: texts(before.counters) }, after)) return [before];
  return counters.length > 0 && Object.keys(services).length > 0 ? [after] : [];
};

const journeysOf = (journeys: Blueprint['journeys'], known: Known): NonNullable<Blueprint['journeys']> =>
  (journeys ?? []).flatMap((journey) => {
    const steps = journey.steps
      .map((step) => step.filter((id) => known.services.has(id)))
      .filter((step) => step.length > 0);
    return steps.length > 0 ? [{ ...journey, steps }] : [];
  });

/** Without its zone a screen would show the whole hall: it goes with the last of what it shows. */
const screensOf = (screens: Blueprint['screens'], known: Known): NonNullable<Blueprint['screens']> =>
  (screens ?? []).flatMap((screen) => {
    if (!screen.zone) return [screen];
    const { agencies, counters, areas } = screen.zone;
    const zone = {
      ...(areas && { areas }),
      ...ifAny(
        'agencies',
        agencies?.filter((id) => known.agencies.has(id)),
      ),
      ...ifAny(
        'counters',
        counters?.filter((id) => known.counters.has(id)),
      ),
    };
    return Object.keys(zone).length > 0 ? [{ ...screen, zone }] : [];
  });

const ifAny = (name: string, ids: readonly string[] | undefined): Record<string, readonly string[]> =>
  ids && ids.length > 0 ? { [name]: ids } : {};

const unservedIn = ({ services, counters }: Blueprint): string[] => {
  const agencies = new Set(counters.flatMap(({ serves }) => serves.agencies ?? []));
  const single = new Set(counters.flatMap(({ serves }) => serves.services ?? []));
  return services.filter(({ id, agency }) => !agencies.has(agency) && !single.has(id)).map(({ id }) => id);
};
