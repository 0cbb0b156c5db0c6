import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { RuleChange } from '@antrean/shared/protocol/rule-change.ts';
import { changeRules } from '../setup/change-rules.ts';
import { HallRejects } from './hall-api.ts';

/** Other rules for the hall that is made of a record; each makes a hall of its own. */
export interface RuleSet {
  /** Part of the hall's id. */
  readonly name: string;
  readonly changeOf: (desk: Blueprint) => unknown;
}

const named: Readonly<Record<string, (desk: Blueprint) => RuleChange>> = {
  /** The hall as it is made: a minute of head start for each step of the record's priority. */
  'head-start': () => ({}),
  plain: ({ priorities }) => ({ priorities: priorities.map(({ id }) => ({ id, headStartMinutes: 0 })) }),
  ratio: () => ({ rules: { ratio: { normal: 2, priority: 1 } } }),
  'call-by': () => ({ rules: { callByMinutes: 1 } }),
  /** Every second counter has less skill in the rarer half of the services. */
  skills: ({ counters, services }) => ({
    rules: {
      skills: [
        {
          counters: counters.filter((_, index) => (counters.length - index) % 2 === 1).map(({ id }) => id),
          of: { services: services.slice(-Math.ceil(services.length / 2)).map(({ id }) => id) },
          laterMinutes: 2,
        },
      ],
    },
  }),
  /** Nobody confirms arrivals, and "call next" ends the visit before. */
  'one-press': () => ({ rules: { confirmsArrival: false, callNextFinishes: true } }),
};

export const ruleSets: readonly RuleSet[] = Object.entries(named).map(([name, changeOf]) => ({ name, changeOf }));

/**
 * The rule sets that a name stands for: one of `ruleSets`, `all` of them, or a file with a `RuleChange` as JSON.
 *
 * @throws HallRejects when it is none of these
 */
export const findRuleSets = async (asked: string): Promise<readonly RuleSet[]> => {
  if (asked === 'all') return ruleSets;
  const known = ruleSets.find(({ name }) => name === asked);
  if (known) return [known];
  const names = ruleSets.map(({ name }) => name).join(', ');
  const refuse = (why: string): never => {
    throw new HallRejects(`--rules ${asked}: ${why}; write all, ${names}, or a JSON file with rules`);
  };
  const text = await readFile(asked, 'utf8').catch(() => refuse('there is no such file'));
  const name = `rules-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
  try {
    const change: unknown = JSON.parse(text);
    return [{ name, changeOf: () => change }];
  } catch (error) {
    return refuse(`it is no JSON (${(error as Error).message})`);
  }
};

/** The hall of a record under other rules, with an id of its own. Throws HallRejects with every fault of the rules. */
export const withRules = (desk: Blueprint, { name, changeOf }: RuleSet): Blueprint => {
  const changed = changeRules(desk, changeOf(desk));
  if (changed.faults) throw new HallRejects(`the rules cannot be used:\n  ${changed.faults.join('\n  ')}`);
  return { ...changed.blueprint, branch: `${desk.branch}-${name}` };
};
