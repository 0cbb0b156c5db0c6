import { isPlainText } from '@antrean/shared/domain/plain-text.ts';
import fc from 'fast-check';
import { weekdays, type Blueprint } from '@antrean/shared/protocol/blueprint.ts';

/** Texts that YAML, SQL or JSON could take for something else, and any other text that a blueprint may hold. */
const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.constantFrom(
        'yes',
        'No',
        'null',
        '~',
        '04:00',
        '2026-08-17',
        '1e3',
        '0x1f',
        '- a',
        'a: b',
        '# c',
        "it's",
        '"',
        '!x',
      ),
      fc.constantFrom(
        ' leading',
        'trailing ',
        '\u00a0',
        '\u2028',
        '*a',
        '&a',
        '{',
        '[',
        '|',
        '>',
        '%',
        '@',
        '`',
        '\\u0000',
        "';--",
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    )
    .filter((value) => value.trim() !== '' && value.length <= maxLength && isPlainText(value));

const texts = (languages: readonly string[]): fc.Arbitrary<Record<string, string>> =>
  fc
    .tuple(...languages.map(() => text(160)))
    .map((all) => Object.fromEntries(languages.map((tag, at) => [tag, all[at]!])));

const time = (from: number, to: number): fc.Arbitrary<string> =>
  fc.integer({ min: from, max: to }).map((minutes) => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
  });

/** Hours from 05:00, after the days begin; two breaks at most. */
const day = fc
  .record({
    opens: time(300, 500),
    first: fc.option(fc.record({ from: time(501, 550), to: time(551, 600) })),
    second: fc.option(fc.record({ from: time(601, 700), to: time(701, 800) })),
    closes: time(801, 1439),
  })
  .map(({ opens, closes, first, second }) => {
    const breaks = [first, second].filter((each) => each !== null);
    return { opens, closes, ...(breaks.length > 0 ? { breaks } : {}) };
  });

const week = fc.record(Object.fromEntries(weekdays.map((weekday) => [weekday, day])), { requiredKeys: [] });

const date = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((value) => value.toISOString().slice(0, 10));

const exception = (languages: readonly string[]): fc.Arbitrary<object> =>
  fc
    .record({ name: texts(languages), dates: fc.tuple(date, date), week })
    .map(({ name, dates, week }) => ({ name, from: dates.toSorted()[0], to: dates.toSorted()[1], week }));

const opening = (languages: readonly string[]): fc.Arbitrary<object> =>
  fc
    .tuple(week, optional('exceptions', fc.array(exception(languages), { minLength: 1, maxLength: 3 })))
    .map(([usual, exceptions]) => ({ week: usual, ...exceptions }));

const optional = <Value>(key: string, value: fc.Arbitrary<Value>): fc.Arbitrary<object> =>
  fc.option(value).map((chosen) => (chosen === null ? {} : { [key]: chosen }));

const some = (ids: readonly string[]): fc.Arbitrary<string[]> => fc.shuffledSubarray([...ids], { minLength: 1 });

const requirements = (languages: readonly string[]): fc.Arbitrary<object> =>
  fc
    .subarray([...languages], { minLength: 1 })
    .chain((chosen) =>
      fc.record(Object.fromEntries(chosen.map((tag) => [tag, fc.array(text(300), { minLength: 1, maxLength: 3 })]))),
    );

/** Numbers for some prefixes, the same for all services of a prefix. */
const withNumbers = (service: Record<string, unknown>, salt: number): object => {
  const [letter = 0, second = 7] = [...String(service['prefix'])].map((each) => each.charCodeAt(0));
  const from = ((letter * second * salt) % 900) + 1;
  return letter % 2 === 0
    ? service
    : { ...service, numbers: { from, to: from + (salt % 5_000), step: (salt % 9) + 1 } };
};

/** Small pools of ids and numbers, so that one blueprint after another adds, changes, moves, retires and revives rows. */
const pool = (letter: string): string[] => Array.from({ length: 6 }, (_, index) => `${letter}-${index}`);

/** Any valid blueprint of the branch `any-hall`. */
export const anyBlueprint: fc.Arbitrary<Blueprint> = fc
  .record({
    languages: fc.shuffledSubarray(['id', 'en', 'az', 'ru', 'pt-BR'], { minLength: 1 }),
    agencyIds: some(pool('A')),
    moreServices: fc.shuffledSubarray(pool('S')),
    counterIds: some(pool('C')),
    numbers: fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6 }),
    priorityIds: fc.shuffledSubarray(pool('P')),
  })
  .chain(({ languages, agencyIds, moreServices, counterIds, numbers, priorityIds }) => {
    const named = texts(languages);
    const service = (id: string, agency: fc.Arbitrary<string>): fc.Arbitrary<object> =>
      fc
        .tuple(
          fc.record({
            id: fc.constant(id),
            agency,
            name: named,
            prefix: fc.stringMatching(/^[A-HJ-NPR-Z]{1,2}$/),
            source: text(2000),
          }),
          optional('standardMinutes', fc.integer({ min: 1, max: 1440 })),
          optional(
            'fee',
            fc.oneof(
              fc.nat(1_000_000),
              fc.nat({ max: 2 ** 31 - 1 }).map((cents) => cents / 100),
            ),
          ),
          optional('requirements', requirements(languages)),
          optional('mobile', fc.constantFrom('yes', 'no', 'unknown')),
          optional('hours', opening(languages)),
          optional('stopMinutesBeforeClosing', fc.integer({ min: 0, max: 600 })),
          optional('quota', fc.integer({ min: 1, max: 10_000 })),
          optional('onePerHolder', fc.boolean()),
        )
        .map((parts) => Object.assign({}, ...parts) as object);
    // Every agency has a service; the first counter serves every agency, so that no service is without one.
    const services = fc
      .tuple(
        fc.nat(100_000),
        ...agencyIds.map((agency) => service(`first-${agency}`, fc.constant(agency))),
        ...moreServices.map((id) => service(id, fc.constantFrom(...agencyIds))),
      )
      .map(([salt, ...all]) => all.map((each) => withNumbers(each as Record<string, unknown>, salt)));
    const counter = (id: string, at: number): fc.Arbitrary<object> =>
      fc
        .tuple(
          fc.record({
            id: fc.constant(id),
            number: fc.constant(numbers[at]!),
            serves:
              at === 0
                ? fc.shuffledSubarray(agencyIds, { minLength: agencyIds.length }).map((agencies) => ({ agencies }))
                : fc.oneof(
                    some(agencyIds).map((agencies) => ({ agencies })),
                    some([...agencyIds.map((agency) => `first-${agency}`), ...moreServices]).map((ids) => ({
                      services: ids,
                    })),
                  ),
          }),
          optional('area', named),
        )
        .map(([required, area]) => ({ ...required, ...area }));
    // Each service once, cut into steps.
    const journey = (id: string): fc.Arbitrary<object> =>
      fc.record({
        id: fc.constant(id),
        name: named,
        steps: fc
          .tuple(some([...agencyIds.map((agency) => `first-${agency}`), ...moreServices].slice(0, 12)), fc.nat(11))
          .map(([ids, cut]) => [ids.slice(0, cut), ids.slice(cut)].filter((step) => step.length > 0)),
        source: text(2000),
      });
    const screen = (id: string): fc.Arbitrary<object> =>
      fc
        .tuple(
          optional('notice', named),
          optional('name', named),
          optional(
            'zone',
            fc.oneof(fc.record({ agencies: some(agencyIds) }), fc.record({ counters: some(counterIds) })),
          ),
          optional('volume', fc.nat(100)),
          optional(
            'media',
            fc.record(
              {
                pictureSeconds: fc.integer({ min: 5, max: 300 }),
                files: some(['a', 'b'].map((digit) => digit.repeat(64))),
              },
              { requiredKeys: ['files'] },
            ),
          ),
        )
        .map((parts) => Object.assign({ layout: 'board', id }, ...parts) as object);
    const sign = (id: string): fc.Arbitrary<object> =>
      fc.constantFrom(...counterIds).map((counter) => ({ zone: { counters: [counter] }, id, layout: 'sign' }));
    const printer = (id: string): fc.Arbitrary<object> =>
      fc
        .tuple(
          optional('paper', fc.constantFrom(58, 80)),
          optional('name', named),
          optional('port', fc.integer({ min: 1, max: 65_535 })),
          fc.oneof(fc.ipV4(), fc.constantFrom('fd00::50', '::1', 'usb')).map((address) => ({ address })),
        )
        .map((parts) => Object.assign({ id }, ...parts) as object);
    const ruleFor = (of: string, minutes: string): fc.Arbitrary<object> =>
      fc.record({
        [minutes]: fc.nat(1440),
        [of]: fc.oneof(
          fc.record({ agencies: some(agencyIds) }),
          fc.record({ services: some(agencyIds.map((agency) => `first-${agency}`)), agencies: some(agencyIds) }),
        ),
        counters: some(counterIds),
      });
    return fc
      .tuple(
        fc.record({
          format: fc.constant(1),
          branch: fc.constant('any-hall'),
          name: named,
          zone: fc.constantFrom('Asia/Jakarta', 'Asia/Baku', 'America/New_York', 'UTC'),
          dayStartsAt: time(0, 300),
          languages: fc.constant(languages),
          currency: fc.constantFrom('IDR', 'AZN'),
          hours: opening(languages),
          rules: fc
            .tuple(
              fc.record({ confirmsArrival: fc.boolean(), callNextFinishes: fc.boolean() }),
              optional('callByMinutes', fc.integer({ min: 1, max: 1440 })),
              optional('agentsMayChoose', fc.boolean()),
              optional('hidesLine', fc.boolean()),
              optional('openScreens', fc.boolean()),
              optional('remoteJoining', fc.boolean()),
              optional('survey', fc.constantFrom('none' as const, 'stars' as const, 'skm' as const)),
              optional('webPush', fc.boolean()),
              optional(
                'unanswered',
                fc.record({
                  afterSeconds: fc.integer({ min: 5, max: 3600 }),
                  recalls: fc.integer({ min: 0, max: 9 }),
                  then: fc.constantFrom('missed' as const, 'nothing' as const),
                }),
              ),
              optional(
                'rejoin',
                fc.record(
                  {
                    withinMinutes: fc.integer({ min: 1, max: 1440 }),
                    withinCalls: fc.integer({ min: 1, max: 999 }),
                    times: fc.integer({ min: 1, max: 99 }),
                    late: fc.constantFrom('end-of-line' as const, 'no-show' as const),
                  },
                  { requiredKeys: ['times', 'late'] },
                ),
              ),
              optional(
                'moreTime',
                fc.record({ times: fc.integer({ min: 1, max: 9 }), minutes: fc.integer({ min: 1, max: 120 }) }),
              ),
              optional('contactHours', fc.integer({ min: 0, max: 720 })),
              optional('undoSeconds', fc.integer({ min: 0, max: 600 })),
              optional('nextAfterSeconds', fc.integer({ min: 3, max: 60 })),
              optional('issuesOnlyInHours', fc.boolean()),
              optional('stopMinutesBeforeClosing', fc.integer({ min: 0, max: 600 })),
              optional(
                'ratio',
                fc.record({ priority: fc.integer({ min: 1, max: 99 }), normal: fc.integer({ min: 1, max: 99 }) }),
              ),
              optional(
                'appointments',
                fc.record(
                  {
                    lateMinutes: fc.integer({ min: 0, max: 1440 }),
                    earlyMinutes: fc.integer({ min: 0, max: 1440 }),
                  },
                  { requiredKeys: [] },
                ),
              ),
              optional(
                'announcements',
                fc.record(
                  {
                    volume: fc.nat(100),
                    voice: fc.boolean(),
                    chime: fc.boolean(),
                    times: fc.integer({ min: 1, max: 3 }),
                    quiet: fc.constant({ to: '06:30', from: '21:15' }),
                  },
                  { requiredKeys: ['chime', 'voice'] },
                ),
              ),
              optional(
                'recordings',
                fc.array(
                  fc.record({
                    ms: fc.integer({ min: 100, max: 10_000 }),
                    file: fc.constant('c'.repeat(64)),
                    clip: fc.constantFrom('n1', 'letter-A'),
                    language: fc.constantFrom('id', 'en'),
                  }),
                  { minLength: 1, maxLength: 3 },
                ),
              ),
              optional('waitTargetMinutes', fc.integer({ min: 1, max: 1440 })),
              optional('alertDeviceSilentMinutes', fc.integer({ min: 2, max: 1440 })),
              optional('alertWaitMinutes', fc.integer({ min: 1, max: 1440 })),
              optional('alertServingMinutes', fc.integer({ min: 1, max: 1440 })),
              optional('alertWaiting', fc.integer({ min: 1, max: 9999 })),
              optional('alertShareWithinTarget', fc.integer({ min: 1, max: 100 })),
              optional('callColour', fc.constantFrom('#ffd24a', '#ffffff', '#9be7b0')),
              optional('skills', fc.array(ruleFor('of', 'laterMinutes'), { minLength: 1, maxLength: 3 })),
              optional('helps', fc.array(ruleFor('with', 'afterMinutes'), { minLength: 1, maxLength: 3 })),
            )
            .map((parts): object => {
              const rules = Object.assign({}, ...parts) as { confirmsArrival: boolean; unanswered?: object };
              if (!rules.confirmsArrival) delete rules.unanswered;
              return rules;
            }),
          priorities: fc.tuple(
            ...priorityIds.map((id) =>
              fc.record({ id: fc.constant(id), name: named, headStartMinutes: fc.integer({ min: 0, max: 1440 }) }),
            ),
          ),
          agencies: fc.tuple(...agencyIds.map((id) => fc.record({ id: fc.constant(id), name: named }))),
          services,
          counters: fc.tuple(...counterIds.map(counter)),
        }),
        optional('notes', fc.array(text(1000), { minLength: 1, maxLength: 3 })),
        optional('journeys', fc.tuple(journey('J-0'), journey('J-1'))),
        optional('screens', fc.tuple(screen('TV-0'), sign('TV-1'))),
        optional('printers', fc.tuple(printer('P-0'), printer('P-1'))),
      )
      .map(
        ([required, notes, journeys, screens, printers]) =>
          ({ ...required, ...notes, ...journeys, ...screens, ...printers }) as unknown as Blueprint,
      );
  });
