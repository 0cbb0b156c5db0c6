import { Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { surveys } from '../domain/survey.ts';

export const closed = { additionalProperties: false } as const;

export const Id = Type.String({
  pattern: idPattern,
  description: 'an id: letters, digits and hyphens, at most 64, beginning with a letter or digit',
});

export const Time = Type.String({
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  description: 'a local time HH:MM from 00:00 to 23:59',
});

const Rejoin = Type.Object(
  {
    withinMinutes: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1440,
        description: 'whole minutes, 1 to 1440, to come back to the old place',
      }),
    ),
    withinCalls: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 999,
        description: 'calls of the service, 1 to 999, to come back to the old place',
      }),
    ),
    times: Type.Integer({
      minimum: 1,
      maximum: 99,
      description: 'a whole number, 1 to 99: how often a visitor may be missed and come back',
    }),
    late: Type.Enum(['end-of-line', 'no-show'], {
      description: '"end-of-line" or "no-show": what becomes of a visitor who comes back later',
    }),
  },
  {
    ...closed,
    description:
      'how a missed visitor may come back: `times`, `late` and, if there are any, `withinMinutes`, `withinCalls`',
  },
);

const MoreTime = Type.Object(
  {
    minutes: Type.Integer({
      minimum: 1,
      maximum: 120,
      description: 'whole minutes, 1 to 120, for which others go before a visitor who asked for more time',
    }),
    times: Type.Integer({
      minimum: 1,
      maximum: 9,
      description: 'a whole number, 1 to 9: how often a visitor may ask for more time in one visit',
    }),
  },
  { ...closed, description: 'how visitors may let others go before them: `minutes`, `times`' },
);

const Unanswered = Type.Object(
  {
    afterSeconds: Type.Integer({
      minimum: 5,
      maximum: 3600,
      description: 'whole seconds, 5 to 3600, that a visitor has to come after each call',
    }),
    recalls: Type.Integer({
      minimum: 0,
      maximum: 9,
      description: 'a whole number, 0 to 9: how often the call is repeated by itself; those repeated by hand count',
    }),
    then: Type.Enum(['missed', 'nothing'], {
      description: '"missed" or "nothing": what becomes of a visitor who did not come to the last call either',
    }),
  },
  { ...closed, description: 'what becomes of a call that nobody comes to: `afterSeconds`, `recalls`, `then`' },
);

export const StopMinutes = Type.Integer({
  minimum: 0,
  maximum: 600,
  description: 'whole minutes, 0 to 600, before closing from which on no more tickets are issued',
});

const Ids = (of: string) => Type.Array(Id, { minItems: 1, maxItems: 5000, description: `a list of ids of ${of}` });

/** Services, by their agencies or one by one. */
export const Services = Type.Object(
  { agencies: Type.Optional(Ids('agencies')), services: Type.Optional(Ids('services')) },
  {
    ...closed,
    minProperties: 1,
    description: '`agencies` (all their services), `services` (single ones), or both',
  },
);

const Turns = Type.Integer({ minimum: 1, maximum: 99, description: 'a whole number of turns, 1 to 99' });

const Skill = Type.Object(
  {
    counters: Ids('counters'),
    of: Services,
    laterMinutes: Type.Integer({
      minimum: 0,
      maximum: 1440,
      description: 'whole minutes, 0 to 1440: at these counters the tickets go as if they had come so much later',
    }),
  },
  { ...closed, description: 'less skill: `counters`, `of` which services, `laterMinutes`' },
);

const Help = Type.Object(
  {
    counters: Ids('counters'),
    with: Services,
    afterMinutes: Type.Integer({
      minimum: 0,
      maximum: 1440,
      description: 'whole minutes, 0 to 1440, that a ticket has waited before a counter nobody waits for calls it',
    }),
  },
  { ...closed, description: 'help: `counters`, `with` which services, `afterMinutes`' },
);

const Appointments = Type.Object(
  {
    earlyMinutes: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1440,
        description: 'whole minutes, 0 to 1440, before its hour from which on a visitor is checked in; left out: 30',
      }),
    ),
    lateMinutes: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1440,
        description: 'whole minutes, 0 to 1440, after its hour until which an appointment counts; left out: 10',
      }),
    ),
  },
  {
    ...closed,
    description: 'appointments are taken: `earlyMinutes` and `lateMinutes`, where they are not 30 and 10',
  },
);

const Announcements = Type.Object(
  {
    chime: Type.Boolean({ description: 'true when a chime goes before each call, else false' }),
    voice: Type.Boolean({ description: 'true when calls are spoken, else false' }),
    times: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 3,
        description: 'a whole number, 1 to 3: how often a call is announced; left out: 1',
      }),
    ),
    volume: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 100, description: 'a whole number, 0 to 100: how loud; left out: 80' }),
    ),
    quiet: Type.Optional(
      Type.Object(
        { from: Time, to: Time },
        {
          ...closed,
          description: 'the hours without any sound, `from` and `to` HH:MM; past midnight where `to` is earlier',
        },
      ),
    ),
  },
  {
    ...closed,
    description:
      'how lobby TVs announce a call: `chime`, `voice` and, if they are not the usual, `times`, `volume`, `quiet`',
  },
);

/** A file of the hall: pictures, videos and recordings that it has brought (FILE-1). */
export const FileId = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'the id of a file of the hall: 64 digits 0 to 9, a to f',
});

const Recording = Type.Object(
  {
    language: Type.String({ pattern: '^[a-z]{2,3}$', description: 'the language of a voice pack such as "id"' }),
    clip: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,39}$',
      description: 'the id of a clip of the pack such as "n12" or "letter-A"',
    }),
    file: FileId,
    ms: Type.Integer({ minimum: 100, maximum: 10_000, description: 'how long it is, whole ms, 100 to 10000' }),
  },
  { ...closed, description: 'a recording in place of a clip: `language`, `clip`, `file`, `ms`' },
);

const minutes = (from: number, to: number, what: string) =>
  Type.Optional(Type.Integer({ minimum: from, maximum: to, description: `whole minutes, ${from} to ${to}, ${what}` }));

/** What is good, and past what managers are told (ALERT-1). */
const limits = {
  waitTargetMinutes: minutes(1, 1440, 'that a wait may take and still be good; left out: 15'),
  alertWaitMinutes: minutes(1, 1440, 'of the longest wait in a line from which on managers are told; left out: never'),
  alertWaiting: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 9999,
      description: 'a whole number, 1 to 9999, of waiting visitors from which on managers are told; left out: never',
    }),
  ),
  alertShareWithinTarget: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      description:
        'whole percent, 1 to 100, of the waits within the target below which managers are told; left out: never',
    }),
  ),
  alertServingMinutes: minutes(1, 1440, 'of one visit at a counter from which on managers are told; left out: never'),
  alertDeviceSilentMinutes: minutes(
    2,
    1440,
    'without a report of a device from which on managers are told; left out: never',
  ),
};

/** The rules of a hall as its blueprint has them. */
export const Rules = Type.Object(
  {
    confirmsArrival: Type.Boolean({
      description: 'true when the agent says that the visitor has arrived, else false',
    }),
    callNextFinishes: Type.Boolean({
      description: 'true when "call next" finishes the visit at the counter, else false',
    }),
    callByMinutes: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1440,
        description: 'whole minutes, 1 to 1440, after which a waiting ticket goes first whatever its class',
      }),
    ),
    unanswered: Type.Optional(Unanswered),
    rejoin: Type.Optional(Rejoin),
    moreTime: Type.Optional(MoreTime),
    undoSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 600,
        description: 'whole seconds, 0 to 600, in which the last act at a counter can be taken back; left out: 30',
      }),
    ),
    nextAfterSeconds: Type.Optional(
      Type.Integer({
        minimum: 3,
        maximum: 60,
        description:
          'whole seconds, 3 to 60, after the end of a visit until a console calls the next by itself; left out: never',
      }),
    ),
    contactHours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 720,
        description:
          'whole hours, 0 to 720, for which a phone number is kept after the business day; left out: none is taken',
      }),
    ),
    issuesOnlyInHours: Type.Optional(
      Type.Boolean({
        description: 'true when tickets are issued only in the opening hours of hall and service, else false',
      }),
    ),
    stopMinutesBeforeClosing: Type.Optional(StopMinutes),
    agentsMayChoose: Type.Optional(
      Type.Boolean({ description: 'true when agents, and not only managers, may call a ticket of their choice' }),
    ),
    hidesLine: Type.Optional(
      Type.Boolean({ description: 'true when agents are told only how many wait for their counter, and not who' }),
    ),
    openScreens: Type.Optional(
      Type.Boolean({ description: 'true when kiosks and lobby TVs work without being paired, else false' }),
    ),
    remoteJoining: Type.Optional(
      Type.Boolean({
        description:
          'true when visitors take a ticket with their own phone by a code that a lobby TV shows, else false',
      }),
    ),
    survey: Type.Optional(
      Type.Enum([...surveys], {
        description:
          '"none", "stars" or "skm": what visitors are asked when they have been served; left out: none, they are not',
      }),
    ),
    webPush: Type.Optional(
      Type.Boolean({
        description:
          "true when a visitor's phone may be told of the call by a message through its browser's maker, else false",
      }),
    ),
    ratio: Type.Optional(
      Type.Object(
        { normal: Turns, priority: Turns },
        { ...closed, description: 'turns without a priority class to turns with one: `normal` and `priority`' },
      ),
    ),
    appointments: Type.Optional(Appointments),
    announcements: Type.Optional(Announcements),
    recordings: Type.Optional(
      Type.Array(Recording, {
        minItems: 1,
        maxItems: 999,
        description: 'a list of recordings of the hall in place of clips; where two are of one clip, the later holds',
      }),
    ),
    ...limits,
    callColour: Type.Optional(
      Type.String({
        pattern: '^#[0-9a-f]{6}$',
        description: 'a colour of the hall for calls such as #ffd24a, with a contrast of 7:1 on the dark of the TV',
      }),
    ),
    skills: Type.Optional(
      Type.Array(Skill, {
        minItems: 1,
        maxItems: 999,
        description: 'a list of what counters serve with less skill; where two cover a service, the later holds',
      }),
    ),
    helps: Type.Optional(
      Type.Array(Help, {
        minItems: 1,
        maxItems: 999,
        description: 'a list of what counters help with; where two cover a service, the later holds',
      }),
    ),
  },
  {
    ...closed,
    description: 'the rules of the hall: `confirmsArrival`, `callNextFinishes` and, if there are any, the others',
  },
);
