import { IntlMessageFormat } from 'intl-messageformat';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
type Plural = { readonly name: string; readonly categories: readonly string[] };

/** What is wrong with a catalogue beside the English one. */
export const faultsBetween = (
  english: Readonly<Record<string, string>>,
  catalogue: Readonly<Record<string, string>>,
  language: string,
): string[] => [
  ...Object.entries(english).flatMap(([key, text]) => {
    const other = catalogue[key];
    if (other === undefined) return [`${key}: is missing`];
    const faults = faultsOf(key, other, language);
    if (faults.length > 0) return faults;
    const [expected, found] = [argumentsOf(text, 'en'), argumentsOf(other, language)];
    return expected === found ? [] : [`${key}: has the arguments (${found}), English has (${expected})`];
  }),
  ...Object.keys(catalogue)
    .filter((key) => !(key in english))
    .map((key) => `${key}: is not in English`),
];

/** What is wrong with one text by itself. */
export const faultsOf = (key: string, text: string, language: string): string[] => {
  if (text.trim() === '') return [`${key}: is empty`];
  try {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    return pluralsOf(astOf(text, language)).flatMap(({ name, categories }) => [
      ...needed
        .filter((category) => !categories.includes(category))
        .map((category) => `${key}: has no plural ${category} of {${name}}`),
      ...categories
        .filter((category) => !category.startsWith('=') && !(needed as string[]).includes(category))
        .map((category) => `${key}: has a plural ${category} of {${name}} that ${language} does not use`),
    ]);
  } catch (error) {
    return [`${key}: cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
};

const astOf = (text: string, language: string): Element[] =>
  new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst();

const argumentsOf = (text: string, language: string): string =>
  [...new Set(namesIn(astOf(text, language)))].sort().join(', ');

/** Literal text and `#` have no argument; plurals and selects have one, and more inside their branches. */
const namesIn = (elements: readonly Element[]): string[] =>
  elements.flatMap((element) => [
    ...('value' in element && element.type !== literal ? [element.value] : []),
    ...branchesOf(element).flatMap(([, branch]) => namesIn(branch)),
  ]);

const pluralsOf = (elements: readonly Element[]): Plural[] =>
  elements.flatMap((element) => {
    const branches = branchesOf(element);
    const own =
      'pluralType' in element && 'value' in element
        ? [{ name: String(element.value), categories: branches.map(([category]) => category) }]
        : [];
    return [...own, ...branches.flatMap(([, branch]) => pluralsOf(branch))];
  });

const branchesOf = (element: Element): [string, Element[]][] =>
  'options' in element ? Object.entries(element.options).map(([category, { value }]) => [category, value]) : [];

/** `TYPE.literal` of the parser, which exports it as a `const enum`. */
const literal = 0;
