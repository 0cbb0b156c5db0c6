import type { BranchView } from '../protocol/branch.ts';
import type { DeskEntry } from '../protocol/screens.ts';
import { type Entries, entriesUnder } from './entries.ts';
import type { HallNames } from './hall-names.ts';

/** Where a visitor can be sent: a service, or whom the ticket is kept for. */
export interface Target {
  readonly id: string;
  readonly kind: 'service' | 'counter' | 'agent';
  readonly text: string;
  /** The agency of a service. */
  readonly about: string;
  /** As the commands take it. */
  readonly fields: { readonly serviceId: string } | { readonly keptFor: Readonly<Record<string, string>> };
}

/** What the words of a target are made of, in the language of the screen. */
export interface TargetWords {
  readonly language: string;
  readonly atCounter: (number: number) => string;
  readonly agentAt: (agent: string, number: number) => string;
}

/** Every service, those of the given one's agency first. */
export const serviceTargets = (
  branch: BranchView,
  names: HallNames,
  language: string,
  nearTo: string | undefined,
): Target[] => {
  const agency = names.findService(nearTo ?? '')?.agencyId;
  return [...branch.services]
    .sort((a, b) => Number(b.agencyId === agency) - Number(a.agencyId === agency))
    .map(({ id }) => ({
      id: `service/${id}`,
      kind: 'service',
      text: names.service(id, language),
      about: names.agencyOf(id, language),
      fields: { serviceId: id },
    }));
};

/** Agents at a counter, and counters, that serve the ticket's service and are not the one it comes from. */
export const keeperTargets = (
  branch: BranchView,
  entries: Entries,
  from: { readonly counterId: string; readonly serviceId: string },
  words: TargetWords,
): Target[] => {
  const counters = branch.counters
    .filter(({ id, serves }) => id !== from.counterId && serves.includes(from.serviceId))
    .sort((a, b) => a.number - b.number);
  const desks = new Map(entriesUnder<DeskEntry>(entries, 'desk/'));
  const agents = counters.flatMap(({ id, number }): Target[] => {
    const agentId = desks.get(id)?.agentId;
    if (agentId === undefined) return [];
    const text = words.agentAt(agentId, number);
    return [{ id: `agent/${agentId}`, kind: 'agent', text, about: '', fields: { keptFor: { agentId } } }];
  });
  return [
    ...agents,
    ...counters.map(({ id, number }): Target => {
      const text = words.atCounter(number);
      return { id: `counter/${id}`, kind: 'counter', text, about: '', fields: { keptFor: { counterId: id } } };
    }),
  ];
};

/** The targets in which every word of the query is found, however it is written. */
export const matching = (targets: readonly Target[], query: string): Target[] => {
  const words = plain(query).split(' ').filter(Boolean);
  return targets.filter(({ id, text, about }) => {
    const all = plain(`${text} ${about} ${id.slice(id.indexOf('/') + 1)}`);
    return words.every((word) => all.includes(word));
  });
};

/** Small letters without their marks; the letters of Azerbaijani that a keyboard may lack as those it has. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ı/g, 'i')
    .replace(/ə/g, 'e')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
