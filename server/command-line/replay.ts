import { randomBytes } from 'node:crypto';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { examineHall } from '../rehearsal/examine-hall.ts';
import { HallRejects, HallUnreachable } from '../rehearsal/hall-api.ts';
import { borrowHall, makeRecordedDesk, type PreparedHall } from '../rehearsal/prepare-hall.ts';
import { chooseDay, readRecordedDays } from '../rehearsal/read-recorded-day.ts';
import { type RecordedFile, type RecordedVisit, UnreadableRecord } from '../rehearsal/recorded-day.ts';
import { replayDay } from '../rehearsal/replay.ts';
import { type ReplayedDay, tableOf } from '../rehearsal/replayed-days.ts';
import { reportLines } from '../rehearsal/report.ts';
import { findRuleSets, type RuleSet, ruleSets } from '../rehearsal/rule-sets.ts';
import { showProgress } from '../rehearsal/show-progress.ts';
import { usualPort } from '../start-up/choose-port.ts';
import { readSettings } from '../start-up/settings.ts';
import { StartUpError } from '../start-up/start-up-error.ts';
import { findInstallation } from './installation.ts';

interface ReplayFlags {
  readonly speed: number;
  readonly day?: number | 'all';
  readonly rules?: string;
  readonly address?: string;
  readonly databaseUrl?: string;
  readonly branch?: string;
  readonly login?: string;
  readonly password?: string;
  readonly run?: string;
}

const description = `Sends a recorded day through the running server's public API: visitors come at the recorded second and
leave when the record says so, agents call whoever is next and serve as long as the record says.

FILE is CSV with the columns day, arrived_at, service, priority, waited_seconds, outcome (served or abandoned),
served_at, finished_at, service_seconds, agent. Times are seconds of the day. It is checked whole before anything is sent.`;

const help = `
The hall:
  Without --branch the replay makes a hall of the record's own in the installation's database (of the one that
  runs here, else DATABASE_URL): the
  record's services, a priority class for each number above 0, and as many counters as its agents needed at one time. Its
  id is recorded-desk-… with the beginning of the file's SHA-256. It does not touch any other hall.

  With --branch, --login and --password (else the demo's manager) it borrows a hall that is there, over the public API
  alone. The hall's services
  that most of its free counters serve come first, then in the hall's order; the record's most frequent service takes the
  first of them, the next the second, and so on. Priority n takes the hall's n-th class. The agents take the free
  counters that serve most of those services. Choose a hall that nobody uses: the agents call whoever waits there.

Rules:
  --rules makes the record's hall with other rules, as a hall of its own: ${ruleSets.map(({ name }) => name).join(', ')}, all of these one
  after another, or a file such as { "rules": { "ratio": { "normal": 2, "priority": 1 } },
  "priorities": [{ "id": "priority-1", "headStartMinutes": 0 }] } (rules as in a blueprint; null takes one away). After each day the
  ledger of the hall is examined as "antrean doctor" does; with several days or rule sets a table closes the run.

The record:
  An agent is at a counter from the start of a service to the end of the last one before a gap of more than two minutes.
  Whom the record has leave is served if an agent is free before they go, for the median of the service.
  The visits belong to the hall's business day of today; numbers go on from the last one given. Head starts and limits of
  the hall run by its own clock, whatever the speed.

Breaking off and going on:
  Ctrl+C ends the visits under way, closes the replay's counters and prints the report so far. Every command has an id that
  follows from file, day, line and run, so --run with the name that was printed asks for what was done and goes on.`;

/** Adds `antrean replay FILE`. */
export const replayCommand = (program: Command): void => {
  program
    .command('replay')
    .summary('send a recorded day through the running server')
    .description(description)
    .argument('<file>', 'the recorded days')
    .addOption(
      new Option('--speed <n>', 'recorded seconds that pass in one second')
        .default(60)
        .argParser(numberFrom(0.1, 100_000)),
    )
    .addOption(
      new Option('--day <d>', 'day of the file, or all (default: its first)').argParser((text) =>
        text === 'all' ? text : numberFrom(1, 1_000_000)(text),
      ),
    )
    .addOption(new Option('--rules <set>', 'rules for the hall that is made: a name, all, or a JSON file'))
    .addOption(
      new Option('--address <url>', 'the running server (default: the one that runs here)').env('ANTREAN_ADDRESS'),
    )
    .addOption(new Option('--database-url <url>', "the installation's database").env('DATABASE_URL'))
    .addOption(new Option('--branch <id>', 'borrow this hall instead of making one'))
    .addOption(new Option('--login <login>', 'a manager of that hall'))
    .addOption(new Option('--password <password>', 'its password').env('ANTREAN_PASSWORD'))
    .addOption(new Option('--run <name>', 'go on with a run that was broken off'))
    .addHelpText('after', help)
    .action(replay);
};

const replay = async (file: string, flags: ReplayFlags): Promise<void> => {
  try {
    process.exitCode = await run(file, flags);
  } catch (error) {
    if (!isExpected(error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
};

/** @returns the exit code: 0 when all is well, 1 when something is missing, 130 when it was stopped by hand */
const run = async (file: string, flags: ReplayFlags): Promise<number> => {
  const record = await readRecordedDays(file);
  const asked = flags.day === 'all' ? [...record.days.keys()] : [chooseDay(file, record, flags.day).day];
  const sets = flags.rules === undefined ? [undefined] : await findRuleSets(flags.rules);
  if (flags.rules !== undefined && flags.branch) {
    throw new HallRejects('--rules is for the hall that is made of the record; a borrowed hall has rules of its own');
  }
  const stop = new AbortController();
  const onInterrupt = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
    console.error('\nStopping: visits under way are finished. Ctrl+C again leaves at once.');
  };
  process.on('SIGINT', onInterrupt);
  const name = flags.run ?? randomBytes(4).toString('hex');
  const rows: ReplayedDay[] = [];
  try {
    for (const rules of sets) {
      for (const day of asked) {
        rows.push(await replayOne({ file, flags, record, day, rules, name, signal: stop.signal }));
        if (stop.signal.aborted) return 130;
      }
    }
  } finally {
    process.off('SIGINT', onInterrupt);
  }
  if (rows.length > 1) console.log(tableOf(rows).join('\n'));
  return rows.every(({ isRight }) => isRight) ? 0 : 1;
};

interface OneReplay {
  readonly file: string;
  readonly flags: ReplayFlags;
  readonly record: RecordedFile;
  readonly day: number;
  readonly rules: RuleSet | undefined;
  readonly name: string;
  readonly signal: AbortSignal;
}

/** Replays one day under one rule set, tells how it went, and has the ledger examined. */
const replayOne = async ({ file, flags, record, day, rules, name, signal }: OneReplay): Promise<ReplayedDay> => {
  const { visits } = chooseDay(file, record, day);
  const place = placeOf(flags);
  const { address, databaseUrl, redisUrl } = place;
  const { hall, account } = await prepare(flags, place, record, visits, rules);
  const { speed } = flags;
  console.error(
    `Day ${day} of ${file}: ${visits.length} visits, ${speed} times as fast, in ${hall.branchId} at ${address}.`,
  );
  console.error(`Run ${name}. Ctrl+C stops it; the same command with --run ${name} goes on.`);
  const progress = showProgress(visits.length);
  try {
    const result = await replayDay({
      address,
      account,
      hall,
      visits,
      speed,
      run: `${record.sha256}|${day}|${name}`,
      signal,
      onProgress: progress.show,
    });
    progress.end();
    console.log(reportLines(result).join('\n'));
    const ledger = databaseUrl ? await examineHall({ databaseUrl, redisUrl, branchId: hall.branchId }) : notExamined;
    console.log(ledger.lines.join('\n'));
    const isSent = result.endedEarly === null && result.check.failure === null && result.check.wrongCount === 0;
    return { rules: rules?.name ?? '', day, result, findings: ledger.wrong, isRight: isSent && ledger.wrong === 0 };
  } finally {
    progress.end();
  }
};

interface Place {
  readonly address: string;
  readonly databaseUrl?: string | undefined;
  readonly redisUrl?: string | undefined;
  readonly demoManager?: PreparedHall['account'] | undefined;
}

/** What the flags name, else the installation that runs here; a server elsewhere has nothing to do with that one. */
const placeOf = (flags: ReplayFlags): Place => {
  const here = runningHere();
  const address = flags.address ?? here?.address ?? `http://127.0.0.1:${readSettings().PORT ?? usualPort}`;
  if (flags.databaseUrl) return { address, databaseUrl: flags.databaseUrl, redisUrl: here?.redisUrl };
  return !here || (flags.address && flags.address !== here.address) ? { address } : { ...here, address };
};

const runningHere = (): ReturnType<typeof findInstallation> | undefined => {
  try {
    return findInstallation();
  } catch (error) {
    if (error instanceof StartUpError) return undefined;
    throw error;
  }
};

const notExamined = { wrong: 0, lines: ['The ledger was not examined: its database is not named (DATABASE_URL).'] };

const prepare = (
  { branch, login, password }: ReplayFlags,
  { address, databaseUrl, demoManager }: Place,
  record: RecordedFile,
  visits: readonly RecordedVisit[],
  rules: RuleSet | undefined,
): Promise<PreparedHall> => {
  if (branch) {
    const account = login && password ? { login, password } : demoManager;
    if (account) return borrowHall(address, branch, account, visits);
    throw new HallRejects('--branch needs --login and --password (or ANTREAN_PASSWORD) of a manager of that hall');
  }
  if (databaseUrl) return makeRecordedDesk(databaseUrl, address, record, rules);
  throw new HallRejects('set DATABASE_URL so that a hall can be made for the record, or name one with --branch');
};

const numberFrom =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Write a number from ${min} to ${max}.`);
  };

/** What the message alone explains; anything else is a fault of ours and shows its trace. */
const isExpected = (error: unknown): error is Error =>
  error instanceof UnreadableRecord ||
  error instanceof HallUnreachable ||
  error instanceof HallRejects ||
  (error instanceof Error &&
    (error.name === 'PostgresError' || /^E[A-Z]+|^CONNECT/.test((error as NodeJS.ErrnoException).code ?? '')));
