import { isSame } from '../domain/draft.ts';
import { type Blueprint, blueprintLists } from '../protocol/blueprint.ts';
import type { SetupChange } from '../protocol/set-up-change.ts';

type Part = SetupChange['part'];
type Named = Readonly<Record<string, unknown>> & { readonly id: string };

/** What is another in a set-up after than before, thing by thing; each with the whole of it before and after. */
export const setupChanges = (before: Blueprint | null, after: Blueprint): SetupChange[] => {
  const { branch } = after;
  const part = (name: Part, was: unknown, is: unknown): SetupChange[] =>
    isSame(was, is)
      ? []
      : [{ kind: before ? 'changed' : 'added', part: name, id: branch, before: was ?? null, after: is }];
  return [
    ...part('hall', before && hallOf(before), hallOf(after)),
    ...part('rules', before?.rules, after.rules),
    ...part('hours', before?.hours, after.hours),
    ...blueprintLists.flatMap((name) => listChanges(name, before?.[name] ?? [], after[name] ?? [])),
  ];
};

/** What is the hall's own: its name, languages and clocks. */
const hallOf = ({ name, notes, zone, dayStartsAt, languages, currency }: Blueprint) => ({
  name,
  zone,
  dayStartsAt,
  languages,
  currency,
  ...(notes && { notes }),
});

const listChanges = (part: Part, before: readonly Named[], after: readonly Named[]): SetupChange[] => {
  const was = new Map(before.map((each, place) => [each.id, { each, place }]));
  const is = new Set(after.map(({ id }) => id));
  // The place among those that stay: one that is gone or new moves nobody.
  const staying = before.filter(({ id }) => is.has(id)).map(({ id }) => id);
  const stayed = after.filter(({ id }) => was.has(id)).map(({ id }) => id);
  return [
    ...after.flatMap((each): SetupChange[] => {
      const known = was.get(each.id);
      if (!known) return [{ kind: 'added', part, id: each.id, before: null, after: each }];
      const isMoved = staying.indexOf(each.id) !== stayed.indexOf(each.id);
      if (isSame(known.each, each) && !isMoved) return [];
      return [
        { kind: isSame(known.each, each) ? 'moved' : 'changed', part, id: each.id, before: known.each, after: each },
      ];
    }),
    ...before
      .filter(({ id }) => !is.has(id))
      .map((each): SetupChange => ({ kind: 'retired', part, id: each.id, before: each, after: null })),
  ];
};
