import { type Static, type TSchema, Type } from 'typebox';
import { closed, FileId, Id } from './blueprint-rules.ts';

const ids = (of: string) => Type.Array(Id, { minItems: 1, maxItems: 999, description: `a list of ids of ${of}` });

/** The part of the hall that a screen shows: the counters that are named, in one of the areas, or serve one of the agencies. */
export const Zone = Type.Object(
  {
    areas: Type.Optional(
      Type.Array(
        Type.String({ minLength: 1, maxLength: 160, description: 'an area in one of the languages of the hall' }),
        {
          minItems: 1,
          maxItems: 100,
          description: 'a list of areas, as `area` of the counters names them in one of the languages of the hall',
        },
      ),
    ),
    agencies: Type.Optional(ids('agencies')),
    counters: Type.Optional(ids('counters')),
  },
  { ...closed, minProperties: 1, description: 'a part of the hall by `areas`, `agencies` or `counters`' },
);

/** Files of the hall that a board shows in turn beside its calls (SCREEN-5). */
export const Media = Type.Object(
  {
    files: Type.Array(FileId, {
      minItems: 1,
      maxItems: 30,
      uniqueItems: true,
      description: 'a list of 1 to 30 files of the hall, in the order they are shown',
    }),
    pictureSeconds: Type.Optional(
      Type.Integer({ minimum: 5, maximum: 300, description: 'whole seconds, 5 to 300: how long each picture stays' }),
    ),
  },
  { ...closed, description: 'pictures and videos beside the calls: `files` and, if wanted, `pictureSeconds`' },
);

export const screenLayouts = ['board', 'sign'] as const;

/** What a lobby TV shows, or several that show the same. @param texts a text for each language of the hall */
export const screenSchema = <Texts extends TSchema>(texts: Texts) =>
  Type.Object(
    {
      id: Id,
      name: Type.Optional(texts),
      layout: Type.Enum([...screenLayouts], {
        description: '"board", or "sign" for what stands above one counter',
      }),
      zone: Type.Optional(Zone),
      notice: Type.Optional(texts),
      media: Type.Optional(Media),
      volume: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 100, description: 'a whole number, 0 (heard nowhere) to 100' }),
      ),
    },
    {
      ...closed,
      description:
        'a screen: `id`, `layout` and, if there are any, its `name`, its `zone`, a `notice`, `media` and a `volume` of its own',
    },
  );

export type Zone = Static<typeof Zone>;
