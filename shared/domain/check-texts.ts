import type { BlueprintFault } from './blueprint-fault.ts';
import { list, record, texts, type Path } from './draft.ts';
import { isPlainText } from './plain-text.ts';

/** Every text by language has all languages of the hall and no other, and no text is blank or holds hidden characters. */
export const checkTexts = (draft: unknown): BlueprintFault[] => [...checkNames(draft), ...checkCharacters(draft, [])];

const checkNames = (draft: unknown): BlueprintFault[] => {
  const { name, languages, hours, priorities, agencies, services, counters, journeys, screens, printers } =
    record(draft);
  const known = texts(languages);
  const named: [string, unknown][] = [
    ['priorities', priorities],
    ['agencies', agencies],
    ['services', services],
    ['journeys', journeys],
  ];
  return [
    ...inEachLanguage(name, ['name'], known),
    ...ofExceptions(hours, ['hours'], known),
    ...list(services).flatMap((item, at) => ofExceptions(record(item)['hours'], ['services', at, 'hours'], known)),
    ...named.flatMap(([kind, items]) =>
      list(items).flatMap((item, at) => inEachLanguage(record(item)['name'], [kind, at, 'name'], known)),
    ),
    ...list(counters).flatMap((item, at) => inEachLanguage(record(item)['area'], ['counters', at, 'area'], known)),
    ...list(screens).flatMap((item, at) =>
      ['name', 'notice'].flatMap((field) => inEachLanguage(record(item)[field], ['screens', at, field], known)),
    ),
    ...list(printers).flatMap((item, at) => inEachLanguage(record(item)['name'], ['printers', at, 'name'], known)),
    ...list(services).flatMap((item, at) =>
      notListed(record(item)['requirements'], ['services', at, 'requirements'], known),
    ),
  ];
};

const ofExceptions = (hours: unknown, path: Path, known: readonly string[]): BlueprintFault[] =>
  list(record(hours)['exceptions']).flatMap((item, at) =>
    inEachLanguage(record(item)['name'], [...path, 'exceptions', at, 'name'], known),
  );

const inEachLanguage = (value: unknown, path: Path, languages: readonly string[]): BlueprintFault[] => {
  if (value === undefined) return [];
  const missing = languages.filter((language) => !Object.hasOwn(record(value), language));
  return [
    ...missing.map((language): BlueprintFault => {
      const message = `the text in language "${language}" is missing: add ${language}: …`;
      return { path, code: 'LANGUAGE_MISSING', message };
    }),
    ...notListed(value, path, languages),
  ];
};

const notListed = (value: unknown, path: Path, languages: readonly string[]): BlueprintFault[] =>
  Object.keys(record(value))
    .filter((language) => !languages.includes(language))
    .map((language) => ({
      path: [...path, language],
      code: 'LANGUAGE_NOT_LISTED',
      message: `language "${language}" is not one of the languages of the hall: add it to languages or remove the text`,
    }));

const checkCharacters = (value: unknown, path: Path): BlueprintFault[] => {
  if (typeof value === 'string') {
    if (value !== '' && value.trim() === '') {
      return [{ path, code: 'TEXT_BLANK', message: 'the text is blank: write something or remove the field' }];
    }
    if (value === '' || isPlainText(value)) return [];
    const message =
      'the text holds a line break, tab or other hidden character, a tower of accents, or is not UTF-8: write it anew on one line';
    return [{ path, code: 'TEXT_CHARACTERS', message }];
  }
  if (Array.isArray(value)) return value.flatMap((item, at) => checkCharacters(item, [...path, at]));
  return Object.entries(record(value)).flatMap(([key, item]) => checkCharacters(item, [...path, key]));
};
