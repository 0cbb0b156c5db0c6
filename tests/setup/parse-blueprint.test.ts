import { describe, expect, test } from 'vitest';
import { maxBlueprintBytes, parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import { writeBlueprint } from '@antrean/server/setup/write-blueprint.ts';
import { smallHall, smallHallWith } from './small-hall.ts';

/** Line and column, from 1, of a piece of text that stands once in the text. */
const placeOf = (text: string, piece: string): string => {
  const before = text.slice(0, text.indexOf(piece));
  const lines = before.split('\n');
  return `${lines.length}:${lines.at(-1)!.length + 1}`;
};

const faultsOf = (text: string): string[] =>
  (parseBlueprint(text).faults ?? []).map(({ line, column, code, path }) =>
    `${line}:${column} ${code} ${path.join('.')}`.trimEnd(),
  );

describe('a fault is named with its place', () => {
  /** [code, path, piece to replace, what stands instead, the piece whose place is expected] */
  const cases: [string, string, string, string, string][] = [
    ['SYNTAX', '', 'languages: [ id, en ]', 'languages: [ id, en', 'currency: IDR'],
    ['SYNTAX', '', 'currency: IDR', 'currency: !money IDR', '!money'],
    ['SYNTAX', '', 'Made for tests.', '"Made for tests', '\nzone:'],
    ['SYNTAX', '', 'format: 1\n', 'format: 1\n---\nformat: 1\n', '---'],
    ['ALIAS', 'counters.1.serves.agencies.0', '[ TAX ]', '[ *tax ]', '*tax'],
    ['DUPLICATE_KEY', 'agencies.1.id', '  - id: TAX\n', '  - id: TAX\n    id: TAX\n', 'id: TAX\n    name'],
    ['MISSING_FIELD', 'zone', 'zone: Asia/Jakarta\n', '', 'format'],
    ['MISSING_FIELD', 'services.1.source', "    source: 'https", "    sauce: 'https", 'id: TAX-01'],
    ['UNKNOWN_FIELD', 'services.0.fees', 'fee:', 'fees:', 'fees:'],
    ['WRONG_TYPE', 'services.0.fee', '12500.5', 'free', 'free'],
    ['WRONG_TYPE', 'agencies.1.id', '  - id: TAX\n', '  - id: 7\n', '7\n'],
    ['WRONG_TYPE', 'rules.confirmsArrival', 'confirmsArrival: true', 'confirmsArrival: yes', 'yes'],
    ['WRONG_TYPE', 'counters.1.number', 'number: 2', 'number:', 'number:\n'],
    ['WRONG_VALUE', 'format', 'format: 1', 'format: 2', '2'],
    ['WRONG_VALUE', 'branch', 'small-hall', 'Small_Hall', 'Small_Hall'],
    ['WRONG_VALUE', 'dayStartsAt', "'04:00'", "'24:00'", "'24:00'"],
    ['WRONG_VALUE', 'services.0.mobile', 'mobile: unknown', 'mobile: perhaps', 'perhaps'],
    ['WRONG_VALUE', 'services.0.standardMinutes', 'standardMinutes: 15', 'standardMinutes: 0', '0\n    fee'],
    ['WRONG_VALUE', 'rules.stopMinutesBeforeClosing', 'Closing: 30', 'Closing: 601', '601'],
    ['UNKNOWN_ZONE', 'zone', 'Asia/Jakarta', 'Asia/Banyuwangi', 'Asia/Banyuwangi'],
    ['UNKNOWN_ZONE', 'zone', 'Asia/Jakarta', '+07:00', '+07:00'],
    ['UNKNOWN_CURRENCY', 'currency', 'IDR', 'RUP', 'RUP'],
    ['DUPLICATE_LANGUAGE', 'languages.2', '[ id, en ]', '[ id, en, id ]', 'id ]'],
    ['LANGUAGE_MISSING', 'services.1.name', '      en: Billing code\n', '', 'name:\n      id: Kode'],
    ['LANGUAGE_MISSING', 'counters.0.area', '      en: Second floor\n', '', 'area:'],
    [
      'LANGUAGE_NOT_LISTED',
      'agencies.1.name.ru',
      '      en: Tax\n',
      '      en: Tax\n      ru: Tax\n',
      'Tax\n\nservices',
    ],
    [
      'LANGUAGE_NOT_LISTED',
      'services.0.requirements.ru',
      '    requirements:\n      id:',
      '    requirements:\n      ru:',
      'ru:',
    ],
    ['TEXT_BLANK', 'name.en', 'en: Small Hall', "en: ' '", "' '"],
    ['TEXT_CHARACTERS', 'name.en', 'Small Hall', '"Small\\u202eHall"', '"Small'],
    ['TEXT_CHARACTERS', 'notes.0', 'Made for tests.', '"two\\nlines"', '"two'],
    ['TEXT_CHARACTERS', 'notes.0', 'Made for tests.', '"two\\u2028lines"', '"two'],
    ['TEXT_CHARACTERS', 'name.en', 'Small Hall', '"Small\\u200b Hall"', '"Small'],
    ['TEXT_CHARACTERS', 'name.en', 'Small Hall', '"Sma\\u0301\\u0302\\u0303\\u0304\\u0305ll"', '"Sma'],
    ['TEXT_CHARACTERS', 'notes.0', 'Made for tests.', '"half \\ud83d of a character"', '"half'],
    ['HOURS_END_BEFORE_BEGIN', 'hours.week.friday.closes', "'11:00'", "'07:00'", "'07:00'"],
    ['HOURS_END_BEFORE_BEGIN', 'hours.week.monday.breaks.0.to', "'13:00'", "'12:00'", "'12:00' } ]"],
    ['BREAK_OUTSIDE_HOURS', 'hours.week.monday.breaks.0.from', "'12:00'", "'07:00'", "'07:00'"],
    [
      'BREAK_OUTSIDE_HOURS',
      'hours.week.monday.breaks.1.from',
      "'13:00' }",
      "'13:00' }, { from: '12:30', to: '14:00' }",
      "'12:30'",
    ],
    ['HOURS_CROSS_DAY_START', 'hours.week.friday.opens', "'07:30'", "'03:30'", "'03:30'"],
    ['NO_SUCH_DATE', 'hours.exceptions.0.to', "to: '2026-08-17'", "to: '2026-02-30'", "'2026-02-30'"],
    ['DATES_END_BEFORE_BEGIN', 'hours.exceptions.0.to', "to: '2026-08-17'", "to: '2026-08-16'", "'2026-08-16'"],
    ['DUPLICATE_ID', 'counters.1.id', 'id: loket-2', 'id: loket-1', 'loket-1\n    number: 2'],
    ['DUPLICATE_NUMBER', 'counters.1.number', 'number: 2', 'number: 1', '1\n    serves:\n      agencies: [ TAX'],
    [
      'AGENCY_WITHOUT_SERVICE',
      'agencies.0.id',
      'agencies:\n  - id: CIV',
      'agencies:\n  - { id: NEW, name: { id: Baru, en: New } }\n  - id: CIV',
      'NEW',
    ],
    ['PREFIX_LETTERS', 'services.0.prefix', 'prefix: A', 'prefix: O', 'O\n'],
    ['PREFIX_LETTERS', 'services.0.prefix', 'prefix: A', 'prefix: a1', 'a1'],
    ['WRONG_VALUE', 'services.0.quota', 'quota: 40', 'quota: 0', '0\n    onePerHolder'],
    ['MISSING_FIELD', 'services.0.numbers.step', ', step: 2', '', 'numbers:'],
    ['NUMBERS_END_BEFORE_BEGIN', 'services.0.numbers.to', 'to: 198', 'to: 98', '98, step'],
    ['NUMBERS_DISAGREE', 'services.1.numbers', 'prefix: TX', 'prefix: A', 'id: TAX-01'],
    [
      'NUMBERS_DISAGREE',
      'services.1.numbers',
      'prefix: TX',
      'prefix: A\n    numbers: { from: 100, to: 198, step: 3 }',
      'numbers: { from: 100, to: 198, step: 3 }',
    ],
    ['HOURS_END_BEFORE_BEGIN', 'services.0.hours.week.friday.closes', "'10:30'", "'07:45'", "'07:45'"],
    ['BREAK_OUTSIDE_HOURS', 'services.0.hours.week.monday.breaks.0.from', "'11:30'", "'08:30'", "'08:30'"],
    ['HOURS_CROSS_DAY_START', 'services.0.hours.week.monday.opens', "'09:00'", "'03:00'", "'03:00'"],
    [
      'LANGUAGE_MISSING',
      'services.0.hours.exceptions.0.name',
      "closes: '10:30' }\n",
      "closes: '10:30' }\n      exceptions: [ { name: { id: Libur }, from: '2026-12-24', to: '2026-12-24', week: {} } ]\n",
      'name: { id: Libur',
    ],
    ['FEE_TOO_FINE', 'services.0.fee', '12500.5', '12500.555', '12500.555'],
    ['UNKNOWN_AGENCY', 'services.0.agency', '    agency: CIV', '    agency: CIW', 'CIW'],
    ['UNKNOWN_AGENCY', 'counters.0.serves.agencies.1', '[ CIV ]', '[ CIV, CIW ]', 'CIW'],
    [
      'UNKNOWN_SERVICE',
      'counters.1.serves.services.1',
      '[ TAX ]\n      services: [ CIV-01 ]',
      '[ TAX ]\n      services: [ CIV-01, CIV-99 ]',
      'CIV-99',
    ],
    ['UNKNOWN_COUNTER', 'rules.skills.0.counters.1', '[ loket-2 ]', '[ loket-2, loket-9 ]', 'loket-9'],
    [
      'UNKNOWN_SERVICE',
      'rules.skills.0.of.services.0',
      'services: [ CIV-01 ]\n      later',
      'services: [ CIV-09 ]\n      later',
      'CIV-09',
    ],
    ['UNKNOWN_COUNTER', 'rules.helps.0.counters.0', '[ loket-1, loket-2 ]', '[ loket-7, loket-2 ]', 'loket-7'],
    ['UNKNOWN_AGENCY', 'rules.helps.0.with.agencies.1', '[ CIV, TAX ]', '[ CIV, TAZ ]', 'TAZ'],
    ['SERVED_TWICE', 'rules.helps.0.counters.1', '[ loket-1, loket-2 ]', '[ loket-1, loket-1 ]', 'loket-1 ]'],
    ['WRONG_VALUE', 'rules.nextAfterSeconds', 'nextAfterSeconds: 5', 'nextAfterSeconds: 2', '2\n  contactHours'],
    ['WRONG_VALUE', 'rules.alertShareWithinTarget', 'Target: 65', 'Target: 101', '101\n  alertServing'],
    ['WRONG_VALUE', 'rules.ratio.normal', 'normal: 2', 'normal: 0', '0\n    priority'],
    [
      'SERVED_TWICE',
      'counters.1.serves.services.1',
      '[ TAX ]\n      services: [ CIV-01 ]',
      '[ TAX ]\n      services: [ CIV-01, TAX-01 ]',
      'TAX-01 ]',
    ],
    ['SERVED_TWICE', 'counters.0.serves.agencies.1', '[ CIV ]', '[ CIV, CIV ]', 'CIV ]'],
    ['UNKNOWN_SERVICE', 'journeys.0.steps.0.1', '[ CIV-01, TAX-01 ]', '[ CIV-01, TAX-09 ]', 'TAX-09'],
    [
      'LEG_TWICE',
      'journeys.0.steps.1.0',
      '[ CIV-01, TAX-01 ]',
      '[ CIV-01, TAX-01 ]\n      - [ CIV-01 ]',
      'CIV-01 ]\n    source',
    ],
    ['LEG_TWICE', 'journeys.0.steps.0.1', '[ CIV-01, TAX-01 ]', '[ TAX-01, TAX-01 ]', 'TAX-01 ]\n    source'],
    ['WRONG_VALUE', 'journeys.0.steps', '\n      - [ CIV-01, TAX-01 ]', ' []', 'steps: []'],
    ['WRONG_VALUE', 'journeys.0.steps.0', '[ CIV-01, TAX-01 ]', '[]', '[]'],
    [
      'JOURNEY_TOO_LONG',
      'journeys.0.steps',
      '      - [ CIV-01, TAX-01 ]',
      '      - [ A-1, A-2, A-3, A-4, A-5, A-6, A-7 ]\n      - [ B-1, B-2, B-3, B-4, B-5, B-6 ]',
      'steps:\n      - [ A-1',
    ],
    [
      'MISSING_FIELD',
      'journeys.0.name',
      '    name:\n      id: Bayi baru lahir\n      en: Newborn child\n',
      '',
      'id: newborn',
    ],
    ['LANGUAGE_MISSING', 'journeys.0.name', '      en: Newborn child\n', '', 'name:\n      id: Bayi'],
    ['TEXT_BLANK', 'journeys.0.name.en', 'Newborn child', "' '", "' '"],
    ['UNKNOWN_AREA', 'screens.0.zone.areas.0', 'areas: [ Lantai 2 ]', 'areas: [ Lantai 9 ]', 'Lantai 9'],
    ['UNKNOWN_COUNTER', 'screens.1.zone.counters.0', 'counters: [ loket-1 ]', 'counters: [ loket-9 ]', 'loket-9'],
    ['COLOUR_CONTRAST', 'rules.callColour', "'#ffe08a'", "'#0b4a8f'", "'#0b4a8f'"],
    ['SIGN_OF_ONE_COUNTER', 'screens.1.layout', 'counters: [ loket-1 ]', 'agencies: [ TAX ]', 'sign\n    zone'],
    ['LANGUAGE_MISSING', 'screens.0.notice', '      en: Bring your identity card.\n', '', 'notice:\n      id: Bawa'],
    ['ADDRESS_NOT_NUMERIC', 'printers.0.address', '192.168.1.50', 'printer.local', 'printer.local'],
    ['ADDRESS_NOT_NUMERIC', 'printers.0.address', '192.168.1.50', '192.168.01.50', '192.168.01.50'],
    ['ADDRESS_NOT_NUMERIC', 'printers.1.address', 'fd00::51', 'fd00::51::2', 'fd00::51::2'],
    ['WRONG_VALUE', 'printers.0.paper', 'paper: 58', 'paper: 70', '70'],
    ['LANGUAGE_MISSING', 'printers.0.name', '      en: Entrance\n', '', 'name:\n      id: Pintu'],
    ['WRONG_VALUE', 'screens.1.layout', 'layout: sign', 'layout: poster', 'poster'],
    ['SERVICE_WITHOUT_COUNTER', 'services.1.id', '      agencies: [ TAX ]\n      services', '      services', 'TAX-01'],
  ];
  test.each(cases)('%s at %s', (code, path, piece, instead, expectedAt) => {
    const text = smallHallWith(piece, instead);
    const fault = `${placeOf(text, expectedAt)} ${code} ${path}`.trimEnd();
    expect(faultsOf(text)).toContain(fault);
  });

  test('every fault says what to do, in words', () => {
    for (const [, , piece, instead] of cases) {
      for (const { message } of parseBlueprint(smallHallWith(piece, instead)).faults ?? []) {
        expect(message.length).toBeGreaterThan(20);
        expect(message).not.toMatch(/undefined|\[object|something else/);
      }
    }
  });
});

test('faults of every kind are named in one reading, in the order of the file', () => {
  const text = smallHall
    .replace('currency: IDR', 'currency: IDR\ncurrency: IDR')
    .replace('fee: 12500.5', 'fee: free')
    .replace('    agency: TAX', '    agency: TAXX')
    .replace('number: 2', 'number: 1');
  expect(faultsOf(text).map((fault) => fault.split(' ').slice(1).join(' '))).toEqual([
    'DUPLICATE_KEY currency',
    'AGENCY_WITHOUT_SERVICE agencies.1.id',
    'WRONG_TYPE services.0.fee',
    'SERVICE_WITHOUT_COUNTER services.1.id',
    'UNKNOWN_AGENCY services.1.agency',
    'DUPLICATE_NUMBER counters.1.number',
  ]);
});

test('more than eight faults of one kind are all named', () => {
  const many = Array.from({ length: 40 }, (_, index) => `extra${index}: 1\n`).join('');
  expect(faultsOf(smallHall + many).filter((fault) => fault.includes('UNKNOWN_FIELD'))).toHaveLength(40);
});

test.each([
  ['an empty file', '', 'WRONG_TYPE'],
  ['a text', 'hello', 'WRONG_TYPE'],
  ['a list', '- 1', 'WRONG_TYPE'],
  ['a file that is too large', '#'.repeat(maxBlueprintBytes + 1), 'FILE_TOO_LARGE'],
  ['lists without bottom', '['.repeat(50_000), 'TOO_DEEP'],
  ['lists a little too deep', `x: ${'['.repeat(60)}${']'.repeat(60)}`, 'TOO_DEEP'],
  ['an anchor used a hundred times', `a: &a [1]\nb: [${'*a, '.repeat(100)}]`, 'ALIAS'],
])('%s is refused, not thrown', (_, text, code) => {
  const [fault] = parseBlueprint(text).faults ?? [];
  expect(fault?.code).toBe(code);
});

test('a prototype cannot be planted', () => {
  parseBlueprint(`${smallHall}__proto__: { planted: true }\n`);
  expect(Object.hasOwn(Object.prototype, 'planted')).toBe(false);
  expect(faultsOf(`${smallHall}__proto__: { planted: true }\n`).join()).toContain('UNKNOWN_FIELD __proto__');
});

test('a whole blueprint is read and written back to the same bytes', () => {
  const { blueprint, faults } = parseBlueprint(smallHall);
  expect(faults).toBeUndefined();
  expect(writeBlueprint(blueprint!)).toBe(smallHall);
});

test('another order of fields and languages, comments and line ends mean the same blueprint', () => {
  const other = smallHallWith('  id: Balai Kecil\n  en: Small Hall\n', '  en: Small Hall # both\n  id: Balai Kecil\n')
    .replace('format: 1\nbranch: small-hall\n', 'branch: small-hall\nformat: 1\n')
    .replaceAll('\n', '\r\n');
  expect(writeBlueprint(parseBlueprint(other).blueprint!)).toBe(smallHall);
});
