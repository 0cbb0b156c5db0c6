import { Type, type Static } from 'typebox';
import { closed, Id, Rules, Services, StopMinutes, Time } from './blueprint-rules.ts';
import { printerSchema } from './blueprint-printers.ts';
import { screenSchema } from './blueprint-screens.ts';

/** One line of text for people, in one language. */
const Text = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, description: `a text of 1 to ${maxLength} characters` });

const languagePattern = '^[a-z]{2,3}(-[A-Z]{2})?$';

/** The same text in each of the hall's languages, by language tag. */
const textsOf = (maxLength: number) =>
  Type.Record(Type.String({ pattern: languagePattern }), Text(maxLength), {
    additionalProperties: false,
    description: 'a text for each of the languages of the hall, by language tag',
  });
const Texts = textsOf(160);

const CalendarDate = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'a date YYYY-MM-DD',
});

const DayHours = Type.Object(
  {
    opens: Time,
    closes: Time,
    breaks: Type.Optional(
      Type.Array(Type.Object({ from: Time, to: Time }, { ...closed, description: 'a break, `from` and `to` HH:MM' }), {
        minItems: 1,
        maxItems: 8,
        description: 'the times within the opening hours when the hall does not serve, in order',
      }),
    ),
  },
  { ...closed, description: 'the hours of one day: `opens`, `closes` and, if there are any, `breaks`' },
);

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const Week = Type.Object(
  {
    monday: Type.Optional(DayHours),
    tuesday: Type.Optional(DayHours),
    wednesday: Type.Optional(DayHours),
    thursday: Type.Optional(DayHours),
    friday: Type.Optional(DayHours),
    saturday: Type.Optional(DayHours),
    sunday: Type.Optional(DayHours),
  },
  {
    ...closed,
    description: 'hours by weekday, `monday` to `sunday`; on a weekday that is not named the hall is closed',
  },
);

const Hours = Type.Object(
  {
    week: Week,
    exceptions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: Texts,
            from: CalendarDate,
            to: CalendarDate,
            week: Week,
          },
          { ...closed, description: 'dates with other hours: `name`, `from`, `to` (inclusive) and `week`' },
        ),
        {
          minItems: 1,
          maxItems: 400,
          description: 'dates with other hours; where two cover a date, the later in the list holds',
        },
      ),
    ),
  },
  { ...closed, description: 'the opening hours: `week` and, if there are any, `exceptions`' },
);

const Priority = Type.Object(
  {
    id: Id,
    name: Texts,
    headStartMinutes: Type.Integer({
      minimum: 0,
      maximum: 1440,
      description: 'whole minutes, 0 to 1440: a ticket of the class goes as if it had come so much earlier',
    }),
  },
  { ...closed, description: 'a priority class: `id`, `name`, `headStartMinutes`' },
);

const Agency = Type.Object({ id: Id, name: Texts }, { ...closed, description: 'an agency: `id` and `name`' });

export const mobileAnswers = ['yes', 'no', 'unknown'] as const;

const TicketValue = Type.Integer({ minimum: 1, maximum: 99_999, description: 'a whole number, 1 to 99999' });

const NumberRange = Type.Object(
  {
    from: TicketValue,
    to: TicketValue,
    step: Type.Integer({ minimum: 1, maximum: 1000, description: 'a whole number, 1 to 1000' }),
  },
  {
    ...closed,
    description: 'the numbers after the prefix: the first is `from`, each next one `step` more, up to `to`',
  },
);

const Service = Type.Object(
  {
    id: Id,
    agency: Id,
    name: Texts,
    prefix: Type.String({
      minLength: 1,
      maxLength: 2,
      description: 'one or two capital letters A to Z without I, O and Q, written before the ticket number',
    }),
    numbers: Type.Optional(NumberRange),
    standardMinutes: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1440,
        description: 'whole minutes, 1 to 1440: the standard time of the service, only where a source gives one',
      }),
    ),
    fee: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1e11,
        description: 'a sum in the currency of the hall, at most two decimals; 0 is free, left out is unknown',
      }),
    ),
    requirements: Type.Optional(
      Type.Record(
        Type.String({ pattern: languagePattern }),
        Type.Array(Text(300), { minItems: 1, maxItems: 60, description: 'a list of papers' }),
        { additionalProperties: false, minProperties: 1, description: 'the papers to bring, a list for each language' },
      ),
    ),
    mobile: Type.Optional(
      Type.Enum([...mobileAnswers], {
        description: '"yes", "no" or "unknown": whether the mobile unit gives the service',
      }),
    ),
    hours: Type.Optional(Hours),
    stopMinutesBeforeClosing: Type.Optional(StopMinutes),
    quota: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000,
        description: 'a whole number, 1 to 10000: the tickets issued on a business day at the most',
      }),
    ),
    onePerHolder: Type.Optional(
      Type.Boolean({
        description: "true when a person has one ticket at a time, known by their document's number, else false",
      }),
    ),
    source: Text(2000),
  },
  { ...closed, description: 'a service: `id`, `agency`, `name`, `prefix`, `source` and what is known of the rest' },
);

const Counter = Type.Object(
  {
    id: Id,
    number: Type.Integer({
      minimum: 1,
      maximum: 999,
      description: 'a whole number, 1 to 999: what signs and voice call the counter',
    }),
    area: Type.Optional(Texts),
    serves: Services,
  },
  { ...closed, description: 'a counter: `id`, `number`, `serves` and, if signs name one, its `area`' },
);

const Journey = Type.Object(
  {
    id: Id,
    name: Texts,
    steps: Type.Array(
      Type.Array(Id, {
        minItems: 1,
        maxItems: 100,
        description: 'a step: a list of at least one id of a service; the services of one step are in any order',
      }),
      { minItems: 1, maxItems: 100, description: 'a list of at least one step, each a list of ids of services' },
    ),
    source: Text(2000),
  },
  { ...closed, description: 'a journey: `id`, `name`, `steps` and `source`' },
);

/**
 * One hall as one file (docs/blueprint.md). The schema says what each field may hold; what fields say about one another
 * is checked by `checkBlueprint`.
 */
export const Blueprint = Type.Object(
  {
    format: Type.Literal(1, { description: '1, the version of this format' }),
    branch: Type.String({
      pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
      description: 'the id of the hall: lower case letters, digits and hyphens, at most 64',
    }),
    name: Texts,
    notes: Type.Optional(
      Type.Array(Text(1000), {
        minItems: 1,
        maxItems: 200,
        description: 'a list of remarks for whoever keeps the file: what is known, what is not, and from where',
      }),
    ),
    zone: Type.String({ minLength: 1, maxLength: 64, description: 'an IANA time zone such as Asia/Jakarta' }),
    dayStartsAt: Time,
    languages: Type.Array(Type.String({ pattern: languagePattern, description: 'a language tag such as id or en' }), {
      minItems: 1,
      maxItems: 12,
      description: 'a list of language tags, the default first',
    }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'an ISO 4217 code such as IDR' }),
    hours: Hours,
    rules: Rules,
    priorities: Type.Array(Priority, { maxItems: 50, description: 'a list of priority classes, may be empty: []' }),
    agencies: Type.Array(Agency, { minItems: 1, maxItems: 500, description: 'a list of agencies' }),
    services: Type.Array(Service, { minItems: 1, maxItems: 5000, description: 'a list of services' }),
    counters: Type.Array(Counter, { minItems: 1, maxItems: 999, description: 'a list of counters' }),
    journeys: Type.Optional(
      Type.Array(Journey, { minItems: 1, maxItems: 200, description: 'a list of journeys, such as life events' }),
    ),
    screens: Type.Optional(
      Type.Array(screenSchema(textsOf(120)), {
        minItems: 1,
        maxItems: 200,
        description: 'a list of what lobby TVs show',
      }),
    ),
    printers: Type.Optional(
      Type.Array(printerSchema(textsOf(120)), { minItems: 1, maxItems: 100, description: 'a list of printers' }),
    ),
  },
  { ...closed, $id: 'Blueprint', description: 'the blueprint of one hall' },
);

/** Its lists of things with an id, in the order of the file. */
export const blueprintLists = [
  'priorities',
  'agencies',
  'services',
  'counters',
  'journeys',
  'screens',
  'printers',
] as const;

export type Blueprint = Static<typeof Blueprint>;
