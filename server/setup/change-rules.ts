import { checkBlueprint } from '@antrean/shared/domain/check-blueprint.ts';
import { list, type Path, record, text } from '@antrean/shared/domain/draft.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { RuleChange } from '@antrean/shared/protocol/rule-change.ts';
import { schemaFaults } from '@antrean/shared/protocol/schema-faults.ts';
import { Value } from 'typebox/value';

/** What is wrong in a change of rules, where, and what to do about it, in the words of the blueprint's own faults. */
interface RuleFault {
  readonly path: Path;
  readonly message: string;
}

/**
 * The blueprint with some of its rules changed, or every fault of the change as a line. Checked as a blueprint is: what
 * is taken here could be imported.
 *
 * @param blueprint one without a fault
 * @param change a `RuleChange`, or a draft of any shape
 */
export const changeRules = (
  blueprint: Blueprint,
  change: unknown,
): { readonly blueprint: Blueprint; readonly faults?: undefined } | { readonly faults: readonly string[] } => {
  const headStarts = new Map(list(record(change)['priorities']).map((each) => [record(each)['id'], record(each)]));
  const rules = { ...blueprint.rules, ...record(record(change)['rules']) };
  const draft = {
    ...blueprint,
    rules: Object.fromEntries(Object.entries(rules).filter(([, rule]) => rule !== null)),
    priorities: blueprint.priorities.map((each) => ({ ...each, ...headStarts.get(each.id) })),
  };
  const classes = blueprint.priorities.map(({ id }) => id);
  const unknown = [...headStarts.keys()].flatMap((id): RuleFault[] => {
    const isKnown = classes.some((known) => known === id);
    const message = `there is no priority class "${text(id) ?? ''}": correct the id`;
    return isKnown ? [] : [{ path: ['priorities'], message }];
  });
  const named = ({ path: [part, at, ...rest], message }: RuleFault): RuleFault => ({
    path: part === 'priorities' && typeof at === 'number' ? [part, classes[at] ?? at, ...rest] : [part!, at!, ...rest],
    message,
  });
  const faults = [...unknown, ...[...schemaFaults(draft), ...checkBlueprint(draft)].map(named)];
  if (faults.length > 0) return { faults: faults.map(lineOf) };
  if (!Value.Check(RuleChange, change)) return { faults: ['a change of rules has `rules`, `priorities` or both'] };
  return { blueprint: draft as Blueprint };
};

const lineOf = ({ path, message }: RuleFault): string =>
  `${path.filter((step) => step !== undefined).join('.')}: ${message}`;
