import type { BranchView } from '../protocol/branch.ts';
import { foldText } from './fold-text.ts';

/** A service as it is searched: its own words and those of its agency, in all languages of the hall, folded. */
export interface Searched {
  readonly id: string;
  readonly own: readonly string[];
  readonly agency: readonly string[];
}

/** What of a hall can be found by typing. */
export const searchedOf = ({ agencies, services }: Pick<BranchView, 'agencies' | 'services'>): Searched[] => {
  const names = new Map(agencies.map(({ id, name }) => [id, wordsOf(name)]));
  return services.map(({ id, agencyId, name }) => ({ id, own: wordsOf(name), agency: names.get(agencyId) ?? [] }));
};

/**
 * The services that everything typed is found in, in any order: first those whose own words begin with it, then those
 * whose agency's do, then those that hold it within a word. Nothing typed finds nothing.
 *
 * @returns ids
 */
export const findServices = (searched: readonly Searched[], typed: string): string[] => {
  const parts = foldText(typed).split(' ').filter(Boolean);
  if (parts.length === 0) return [];
  return searched
    .map((service) => ({ id: service.id, rank: Math.max(...parts.map((part) => rankOf(service, part))) }))
    .filter(({ rank }) => rank < notFound)
    .sort((a, b) => a.rank - b.rank)
    .map(({ id }) => id);
};

const notFound = 3;

const rankOf = ({ own, agency }: Searched, part: string): number => {
  if (own.some((word) => word.startsWith(part))) return 0;
  if (agency.some((word) => word.startsWith(part))) return 1;
  return [...own, ...agency].some((word) => word.includes(part)) ? 2 : notFound;
};

const wordsOf = (texts: Readonly<Record<string, string>>): string[] =>
  Object.values(texts).flatMap((text) => foldText(text).split(' '));
