import type { Path } from '../domain/draft.ts';
import { putAt } from '../domain/draft.ts';
import type { Blueprint } from './blueprint.ts';
import type { SetupChange } from './set-up-change.ts';

type ByLanguage = Readonly<Record<string, string | readonly string[]>>;

/** A text of a blueprint that people read, in each language that it has. */
export interface TextPlace {
  readonly path: Path;
  readonly part: SetupChange['part'];
  /** The thing it belongs to, for people: its name, or a counter's number. */
  readonly of: Readonly<Record<string, string>> | number;
  readonly texts: ByLanguage;
  /** Requirements: a list of lines in each language, and no fault where they are missing. */
  readonly isList: boolean;
}

/** Every text by language, in the order of the file. */
export const textsOfBlueprint = (blueprint: Blueprint): TextPlace[] => {
  const { name, hours, priorities, agencies, services, counters, journeys, screens, printers } = blueprint;
  const named = (part: 'priorities' | 'agencies' | 'journeys', things: readonly { name: Texts }[]): TextPlace[] =>
    things.map((thing, at) => line(part, [part, at, 'name'], thing.name, thing.name));
  return [
    line('hall', ['name'], name, name),
    ...ofExceptions('hours', ['hours'], hours),
    ...named('priorities', priorities),
    ...named('agencies', agencies),
    ...services.flatMap((service, at) => [
      line('services', ['services', at, 'name'], service.name, service.name),
      ...(service.requirements
        ? [
            {
              path: ['services', at, 'requirements'],
              part: 'services' as const,
              of: service.name,
              texts: service.requirements,
              isList: true,
            },
          ]
        : []),
      ...ofExceptions('services', ['services', at, 'hours'], service.hours),
    ]),
    ...counters.flatMap(({ area, number }, at) =>
      area ? [line('counters', ['counters', at, 'area'], area, number)] : [],
    ),
    ...named('journeys', journeys ?? []),
    ...(screens ?? []).flatMap(({ name, notice }, at) => [
      ...(name ? [line('screens', ['screens', at, 'name'], name, name)] : []),
      ...(notice ? [line('screens', ['screens', at, 'notice'], notice, name ?? notice)] : []),
    ]),
    ...(printers ?? []).flatMap(({ name }, at) =>
      name ? [line('printers', ['printers', at, 'name'], name, name)] : [],
    ),
  ];
};

type Texts = Readonly<Record<string, string>>;

const line = (part: SetupChange['part'], path: Path, texts: Texts, of: Texts | number): TextPlace => ({
  path,
  part,
  of,
  texts,
  isList: false,
});

const ofExceptions = (part: SetupChange['part'], path: Path, hours: Blueprint['hours'] | undefined): TextPlace[] =>
  (hours?.exceptions ?? []).map(({ name }, at) => line(part, [...path, 'exceptions', at, 'name'], name, name));

/** The blueprint without a language: out of the list, and out of every text. */
export const withoutLanguage = (blueprint: Blueprint, language: string): Blueprint =>
  textsOfBlueprint(blueprint).reduce<Blueprint>(
    (draft, { path, texts, isList }) => {
      if (texts[language] === undefined) return draft;
      const isLast = isList && Object.keys(texts).length === 1;
      return putAt(draft, isLast ? path : [...path, language], undefined);
    },
    withAreasOf(blueprint, language),
  );

/** Out of the list of languages; screens that name an area in it name the same area in another one. */
const withAreasOf = (blueprint: Blueprint, language: string): Blueprint => {
  const languages = blueprint.languages.filter((each) => each !== language);
  const [other = ''] = languages;
  const named = new Map(blueprint.counters.map(({ area }) => [area?.[language], area?.[other]]));
  const screens = blueprint.screens?.map((screen) =>
    screen.zone?.areas
      ? { ...screen, zone: { ...screen.zone, areas: screen.zone.areas.map((area) => named.get(area) ?? area) } }
      : screen,
  );
  return { ...blueprint, languages, ...(screens && { screens }) };
};

/** The blueprint with what is missing in a language taken over from another, to be translated later. */
export const fillLanguage = (blueprint: Blueprint, language: string, from: string): Blueprint =>
  textsOfBlueprint(blueprint).reduce(
    (draft, { path, texts, isList }) =>
      isList || texts[language] !== undefined ? draft : putAt(draft, [...path, language], texts[from]),
    blueprint,
  );
