interface FoundSeed {
  readonly seed: number;
  /** A fault of the product as it once was, or the name of a planted one. */
  readonly found: string;
  /** When. */
  readonly at: string;
}

const found = (at: string, what: string, ...seeds: readonly number[]): FoundSeed[] =>
  seeds.map((seed) => ({ seed, found: what, at }));

const planted = (what: string, ...seeds: readonly number[]): FoundSeed[] => found('2026-11-26', what, ...seeds);

/**
 * Seeds that once found something: each is tried first ever since. For a planted fault the cheapest of those that catch it
 * (`measure-faults.ts`): whoever changes what people do in the hall measures anew.
 */
export const foundSeeds: readonly FoundSeed[] = [
  ...found('2026-11-26', 'a node took a feed with a hole in it for whole', 19, 91, 463, 478),
  ...found('2026-11-26', '"unavailable" after the commit, as a look-up beside it had failed', 18, 40, 70, 271),
  ...found('2026-11-26', 'a line kept its first ticket as it was before a note or another leg', 2, 7, 47),
  ...found(
    '2026-11-27',
    'a node went on with the old set-up after a change that it had committed itself',
    8_471,
    94_815,
  ),
  ...planted('an append that was refused is taken for done', 122, 31, 73),
  ...planted('screens are told before the commit', 52, 106, 60),
  ...planted('a feed with a hole in it is taken for whole', 116, 104, 11),
  ...planted('a node that hears of a new set-up reads it only with the next command', 46, 298, 369),
  ...planted('a node forgets to fold a note that came from elsewhere', 84, 94, 23),
  ...planted('a statement without an answer is not kept in mind', 94, 5, 84),
  ...planted('a refused command is not looked up in the ledger', 84, 18, 22),
  ...planted('what is refused is refused on an old state', 18, 98, 5),
  ...planted('a refused command leaves a trace in the state', 52, 60, 21),
  ...planted('time goes back with the clock', 105, 147, 20),
  ...planted('a screen takes a patch that does not follow on', 73, 41, 106),
  ...planted('a screen believes every heartbeat', 499, 378, 380),
  ...planted('screens are not told of the line that a ticket went to', 21, 14, 24),
  ...planted('Redis keeps a ticket in the line that it left', 21, 14, 28),
  ...planted('Redis is not told what is no more on the board', 73, 21, 84),
  ...planted('a ticket whose call is taken back does not stand in its line again', 98, 100, 110),
  ...planted('a ticket that is fetched out of turn stays in its line', 100, 95, 74),
  ...planted('a number is given by how many there are', 18, 110, 63),
];

export const seedsOfFault = (name: string): number[] =>
  foundSeeds.filter((one) => one.found === name).map(({ seed }) => seed);
