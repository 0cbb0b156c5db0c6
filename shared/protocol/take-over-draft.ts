import { isSame } from '../domain/draft.ts';
import { type Blueprint, blueprintLists } from './blueprint.ts';

type Named = { readonly id: string };
const maps = ['rules', 'hours'] as const;

/**
 * What somebody changed in one set-up, made in another that holds meanwhile: each thing of a list, each rule, and each
 * other field as a whole. Where both changed the same, the draft's is taken; things that it took out are out, new ones are
 * added at the end.
 *
 * @param from what the draft was made of
 * @param onto what holds now
 */
export const takeOverDraft = (from: Blueprint, draft: Blueprint, onto: Blueprint): Blueprint => {
  const after: Record<string, unknown> = fieldsOver(from, draft, onto);
  for (const field of maps) after[field] = fieldsOver(from[field], draft[field], onto[field]);
  for (const field of blueprintLists) {
    const items = itemsOver(from[field] ?? [], draft[field] ?? [], onto[field] ?? []);
    if (items.length > 0 || field === 'priorities') after[field] = items;
    else delete after[field];
  }
  return after as Blueprint;
};

const fieldsOver = (from: object, draft: object, onto: object): Record<string, unknown> => {
  const [was, mine, theirs] = [from, draft, onto] as [Fields, Fields, Fields];
  const after: Record<string, unknown> = { ...theirs };
  for (const field of new Set([...Object.keys(was), ...Object.keys(mine)])) {
    if (isSame(was[field], mine[field])) continue;
    if (mine[field] === undefined) delete after[field];
    else after[field] = mine[field];
  }
  return after;
};
type Fields = Readonly<Record<string, unknown>>;

const itemsOver = (from: readonly Named[], draft: readonly Named[], onto: readonly Named[]): readonly Named[] => {
  const was = new Map(from.map((each) => [each.id, each]));
  const mine = new Map(draft.map((each) => [each.id, each]));
  const isMine = (id: string): boolean => !isSame(was.get(id), mine.get(id));
  const there = new Set(onto.map(({ id }) => id));
  return [
    ...onto.flatMap((each) => (isMine(each.id) ? (mine.get(each.id) ?? []) : each)),
    ...draft.filter(({ id }) => !there.has(id) && isMine(id)),
  ];
};
