import { type Static, Type } from 'typebox';
import { screenLayouts } from './blueprint-screens.ts';

const Texts = Type.Record(Type.String(), Type.String(), { description: 'a text by language tag' });

/** What everybody may know of a branch's set-up: names and what is offered where. */
export const BranchView = Type.Object(
  {
    id: Type.String(),
    revision: Type.Integer({ description: 'counts the changes of the set-up' }),
    name: Texts,
    zone: Type.String({ description: 'IANA zone' }),
    languages: Type.Array(Type.String(), { description: 'the first is the default' }),
    currency: Type.String({ description: 'ISO 4217 code of every fee' }),
    agencies: Type.Array(Type.Object({ id: Type.String(), name: Texts }, { additionalProperties: false })),
    services: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          agencyId: Type.String(),
          name: Texts,
          prefix: Type.String(),
          standardMinutes: Type.Optional(Type.Integer()),
          fee: Type.Optional(Type.Number({ description: "in the hall's currency; 0 is free, absent is unknown" })),
          requirements: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
          quota: Type.Optional(Type.Integer({ description: 'tickets a business day at the most' })),
          onePerHolder: Type.Optional(
            Type.Boolean({ description: "true: a ticket is issued with the visitor's `holderId`" }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    counters: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          number: Type.Integer(),
          area: Type.Optional(Texts),
          serves: Type.Array(Type.String()),
        },
        { additionalProperties: false },
      ),
    ),
    priorities: Type.Array(Type.Object({ id: Type.String(), name: Texts }, { additionalProperties: false })),
    journeys: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          name: Texts,
          steps: Type.Array(Type.Array(Type.String(), { description: 'services, in any order' }), {
            description: 'one after another',
          }),
        },
        { additionalProperties: false },
      ),
      { description: 'several services under one ticket, such as those of a life event' },
    ),
    screens: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          layout: Type.Enum([...screenLayouts]),
          counters: Type.Optional(
            Type.Array(Type.String(), { description: 'those it shows, with what they serve; absent: all' }),
          ),
          notice: Type.Optional(Texts),
          media: Type.Optional(
            Type.Object(
              {
                files: Type.Array(Type.String(), { description: 'ids of files of the hall, in their order' }),
                pictureMs: Type.Integer({ description: 'how long a picture stays, ms' }),
              },
              { additionalProperties: false, description: 'shown in turn beside the calls' },
            ),
          ),
          volume: Type.Optional(
            Type.Integer({ description: '0 to 100: how loud it announces; absent: as the announcements of the hall' }),
          ),
        },
        { additionalProperties: false },
      ),
      { description: 'what lobby TVs show' },
    ),
    hasPrinters: Type.Boolean({ description: 'whether tickets can be printed at a printer of the hall' }),
    announcements: Type.Object(
      {
        chime: Type.Boolean(),
        voice: Type.Boolean(),
        times: Type.Integer({ description: 'how often a call is announced' }),
        volume: Type.Integer({ description: '0 to 100' }),
        quiet: Type.Optional(
          Type.Object(
            { from: Type.String(), to: Type.String() },
            { additionalProperties: false, description: 'local times HH:MM between which nothing is heard' },
          ),
        ),
      },
      { additionalProperties: false, description: 'how lobby TVs announce a call' },
    ),
    recordings: Type.Optional(
      Type.Array(
        Type.Object(
          {
            language: Type.String(),
            clip: Type.String({ description: 'of the voice pack of the language' }),
            file: Type.String({ description: 'id of a file of the hall' }),
            ms: Type.Integer({ description: 'how long it is' }),
          },
          { additionalProperties: false },
        ),
        { description: "the hall's own recordings in place of clips; the later of two holds; absent: none" },
      ),
    ),
    callColour: Type.Optional(Type.String({ description: '`#rrggbb` of calls on lobby TVs; absent: the usual one' })),
    rules: Type.Object(
      {
        confirmsArrival: Type.Boolean({ description: 'a visit is started before it is finished' }),
        callNextFinishes: Type.Boolean({ description: '"call next" ends the visit at the counter' }),
        agentsMayChoose: Type.Boolean({ description: 'agents may call a ticket of their choice' }),
        hidesLine: Type.Boolean({ description: 'agents are told how many wait and not who' }),
        openScreens: Type.Boolean({ description: 'kiosks and lobby TVs work without being paired' }),
        remoteJoining: Type.Boolean({
          description: 'visitors take a ticket with their own phone, by a code that a lobby TV shows',
        }),
        missedMayReturn: Type.Boolean({ description: 'a missed visitor may come back' }),
        missedReturnWithinMs: Type.Optional(
          Type.Integer({ description: 'until how long after the call that is in time, ms; absent: no such limit' }),
        ),
        waitTargetMinutes: Type.Integer({ description: 'the longest wait that is still good' }),
        undoWithinMs: Type.Integer({ description: 'how long the last act at a counter can be taken back, ms' }),
        nextAfterMs: Type.Optional(
          Type.Integer({
            description: 'how long after the end of a visit a console calls the next by itself, ms; absent: never',
          }),
        ),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type BranchView = Static<typeof BranchView>;

/** One branch of the installation, for a screen that lets choose. */
export const BranchList = Type.Array(
  Type.Object(
    {
      id: Type.String(),
      name: Texts,
      zone: Type.String(),
      openScreens: Type.Boolean({ description: 'kiosks and lobby TVs work without being paired' }),
    },
    { additionalProperties: false },
  ),
);
export type BranchList = Static<typeof BranchList>;
