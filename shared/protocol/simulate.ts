import { type Static, Type } from 'typebox';
import { RuleChange } from './rule-change.ts';

const closed = { additionalProperties: false } as const;
const count = (description: string) => Type.Integer({ description });
const ms = (description: string) => Type.Union([Type.Integer(), Type.Null()], { description });

/** What if: another rule set over a past day (WHATIF-1). Changes nothing, so it carries no id of a command. */
export const SimulateBody = Type.Object(
  {
    ...RuleChange.properties,
    targetMinutes: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1440,
        description: "the longest wait that is still good; absent: each service's own standard, where it has one",
      }),
    ),
    date: Type.Optional(
      Type.String({ format: 'date', description: 'the business day; absent: today, as far as it has come' }),
    ),
  },
  closed,
);

const figures = {
  called: count('waits that ended with a call: the first of each service of a visit'),
  meanMs: ms('mean wait; null: nobody was called'),
  medianMs: ms('median wait'),
  p90Ms: ms('nine of ten waited no longer'),
  maxMs: ms('longest wait'),
  withinTarget: Type.Union([Type.Number(), Type.Null()], {
    description: 'share of the waits with a target that were no longer than it, 0 to 1',
  }),
  served: count('services that were finished'),
  left: count('who went, or was cancelled, before being called'),
  notCalled: count('who still waited when the day was closed, or at its latest event'),
  noShows: count('who was called and in the end did not come'),
};

const waits = {
  total: Type.Object(figures, closed),
  byClass: Type.Array(
    Type.Object(
      {
        priority: Type.Union([Type.String(), Type.Null()], { description: 'null: without a class' }),
        ...figures,
      },
      closed,
    ),
  ),
  byService: Type.Array(Type.Object({ serviceId: Type.String(), ...figures }, closed)),
  calls: Type.Record(Type.String(), Type.Integer(), { description: 'calls by why (docs/rules.md, CALL-7)' }),
};

const RunWaits = Type.Object(
  {
    ...waits,
    notes: Type.Object(
      {
        servedInstead: count('left in truth, or were never called, but were called here: the usual times are assumed'),
        notIssued: count('got no ticket here, by hours, quota or set-up'),
        overtaken: count('what happened to people who waited, and came too late here: they had been called'),
        refused: Type.Record(Type.String(), Type.Integer(), {
          description: 'what these rules did not let happen again, by the code of the refusal',
        }),
        lateClosings: count('counters that closed later, for a visitor at the desk or in line'),
        shorterBreaks: count('breaks that were shorter or fell away, for a visitor at the desk'),
      },
      closed,
    ),
  },
  closed,
);

/** Compare `otherRules` with `sameRules`; how far `sameRules` is from `asItWas` is how far the model is off. */
export const SimulationView = Type.Object(
  {
    date: Type.String(),
    revision: Type.Integer({ description: 'of the set-up whose rules are "the same"' }),
    asItWas: Type.Object(waits, { ...closed, description: 'measured from the ledger' }),
    sameRules: RunWaits,
    otherRules: RunWaits,
    leftOut: Type.Object(
      {
        handPicked: count('calls that somebody picked by hand: here the rules decide'),
        undone: count('acts that were taken back: here they never happened'),
        reassigned: count('tickets that were given to another agent'),
        setupChanges: count('changes of the set-up that day: here the present one holds all day'),
      },
      closed,
    ),
  },
  closed,
);
export type SimulationView = Static<typeof SimulationView>;
