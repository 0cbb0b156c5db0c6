import { Type } from 'typebox';

const ms = (description: string) => Type.Optional(Type.Integer({ description: `${description}, ms` }));

/** Why this ticket was called and not another (CALL-7). */
export const CallReasonView = Type.Object(
  {
    rule: Type.Union(
      [
        Type.Literal('longest-wait'),
        Type.Literal('head-start'),
        Type.Literal('skill'),
        Type.Literal('ratio'),
        Type.Literal('call-by'),
        Type.Literal('overflow'),
        Type.Literal('chosen'),
      ],
      { description: 'the rule that chose this ticket: docs/rules.md, CALL-2 to CALL-10' },
    ),
    waitedMs: Type.Integer(),
    headStartMs: ms('as if it had come so much earlier'),
    laterMs: ms('as if whoever waited longer had come so much later: the counter serves their service with less skill'),
    afterMs: ms('the counter helps after this wait'),
    bookedFor: Type.Optional(
      Type.Integer({ description: 'the hour of the appointment that its place counts from, epoch ms' }),
    ),
    reason: Type.Optional(Type.String({ description: 'what the one who picked it by hand gave as the reason' })),
    ratio: Type.Optional(
      Type.Object(
        { normal: Type.Integer(), priority: Type.Integer() },
        { additionalProperties: false, description: 'turns without a priority class to turns with one' },
      ),
    ),
  },
  { additionalProperties: false },
);
