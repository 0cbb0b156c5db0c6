import { type Static, Type } from 'typebox';

const ms = (description: string) => Type.Integer({ minimum: 0, description });
const count = (description: string) => Type.Integer({ minimum: 0, description });

/** A wait as a range, and what it rests on (WAIT-1, WAIT-2). */
export const ExpectedWaitView = Type.Object(
  {
    p50Ms: ms('half of such waits end before this, ms'),
    p90Ms: ms('nine of ten of such waits end before this, ms'),
    thin: Type.Boolean({ description: 'true: too little is known yet to speak from experience' }),
    services: count("the branch's recent services it rests on"),
    ownServices: count('how many of them are of the same service'),
    waits: count('waits of the branch that it has learnt from'),
    counters: count('counters at work that serve it'),
    idle: count('those of them with nobody at the desk'),
    ahead: Type.Number({
      description: 'people who would be called before; parts of a person where counters serve other lines too',
    }),
    serviceMs: ms('what the service is expected to take, ms'),
  },
  { additionalProperties: false },
);
export type ExpectedWaitView = Static<typeof ExpectedWaitView>;

/** What the rules know of a wait; told in whole milliseconds, and of people in tenths. */
interface KnownWait extends Pick<ExpectedWaitView, 'p50Ms' | 'p90Ms'> {
  readonly restsOn: Omit<ExpectedWaitView, 'p50Ms' | 'p90Ms'>;
}

export const expectedWaitView = ({ p50Ms, p90Ms, restsOn }: KnownWait): ExpectedWaitView => ({
  p50Ms: Math.round(p50Ms),
  p90Ms: Math.round(p90Ms),
  thin: restsOn.thin,
  services: restsOn.services,
  ownServices: restsOn.ownServices,
  waits: restsOn.waits,
  counters: restsOn.counters,
  idle: restsOn.idle,
  ahead: Math.round(restsOn.ahead * 10) / 10,
  serviceMs: Math.round(restsOn.serviceMs),
});

export const WaitsQuery = Type.Object(
  {
    priority: Type.Optional(Type.String({ maxLength: 64, description: "the newcomer's priority class; absent: none" })),
  },
  { additionalProperties: false },
);

/** How long whoever comes now waits, service by service. */
export const WaitsView = Type.Object(
  {
    at: Type.Integer({ description: 'epoch ms' }),
    services: Type.Array(
      Type.Object(
        {
          serviceId: Type.String(),
          waiting: count('people who wait for the service now'),
          expected: Type.Optional(ExpectedWaitView),
        },
        { additionalProperties: false },
      ),
      { description: 'without `expected` no counter at work serves it, and nothing can be said' },
    ),
  },
  { additionalProperties: false },
);
export type WaitsView = Static<typeof WaitsView>;
