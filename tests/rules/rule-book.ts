/** A text of the tree, for the checks of the rule book. */
export interface Written {
  readonly file: string;
  readonly text: string;
}

/** Capitals, a hyphen and a count without leading zeros: `CALL-2`. Ids of services, such as `DUK-01`, are data. */
const ruleId = /\b[A-Z]{3,8}-[1-9]\d?\b/g;

/** Names of norms, algorithms and licences that look like a rule's id. */
const notRules = /^(UTF|SHA|ISO|RFC|GPL|AES|CVE|ESC|VMS)-/;

/** Rules are list items that begin with their id in bold. */
export const rulesIn = (book: string): string[] =>
  [...book.matchAll(/^- \*\*([A-Z]+-\d+)\*\* \S/gm)].map(([, id]) => id!);

/** The ids that comments cite. Strings are left out: they hold data. */
export const citedInCode = (text: string): string[] =>
  (text.match(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$|<!--[\s\S]*?-->/gm) ?? [])
    .flatMap((comment) => comment.match(ruleId) ?? [])
    .filter((id) => !notRules.test(id));

/** The ids that names of tests cite: `test('[CALL-2] …`. */
export const citedInTests = (text: string): string[] =>
  [
    ...text.matchAll(
      /\b(?:test|it|describe)(?:\.\w+)*\s*(?:\([^'"`()]*\)\s*|\(\[[\s\S]*?\]\)\s*)?\(\s*['"`]((?:\[[A-Z]+-\d+\]\s*)+)/g,
    ),
  ].flatMap(([, ids]) => ids!.match(/[A-Z]+-\d+/g) ?? []);

/** Everything that is wrong between the book, the code and the tests, as sentences. */
export const faultsOf = (book: string, code: readonly Written[], tests: readonly Written[]): string[] => {
  const rules = rulesIn(book);
  const known = new Set(rules);
  const cited = new Set(tests.flatMap(({ text }) => citedInTests(text)));
  const unknownIn = (written: readonly Written[], citations: (text: string) => string[]) =>
    written.flatMap(({ file, text }) =>
      citations(text)
        .filter((id) => !known.has(id))
        .map((id) => `${file} cites ${id}, which is not in the book`),
    );
  return [
    ...rules.filter((id, index) => rules.indexOf(id) !== index).map((id) => `${id} is in the book twice`),
    ...rules.filter((id) => !cited.has(id)).map((id) => `no test cites ${id}`),
    ...unknownIn(code, citedInCode),
    ...unknownIn(tests, citedInTests),
  ];
};
