import { putAt, valueAt } from '@antrean/shared/domain/draft.ts';
import { translator } from '@antrean/shared/locales/translate.ts';
import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import { blueprintFaults } from '@antrean/shared/protocol/blueprint-faults.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { limitsAt } from '@antrean/shared/protocol/blueprint-limits.ts';
import { removeFromBlueprint } from '@antrean/shared/protocol/remove-from-blueprint.ts';
import { takeOverDraft } from '@antrean/shared/protocol/take-over-draft.ts';
import { fillLanguage, textsOfBlueprint, withoutLanguage } from '@antrean/shared/protocol/texts-of-blueprint.ts';
import { readTime } from '@antrean/shared/views/read-time.ts';
import { sayFault } from '@antrean/shared/views/say-fault.ts';
import { parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import { expect, test } from 'vitest';
import { smallHall } from './small-hall.ts';

const { blueprint } = parseBlueprint(smallHall) as { blueprint: Blueprint };
const say = translator('en', en);
const faultsOf = (draft: unknown): string[] =>
  blueprintFaults(draft).map((fault) => `${fault.path.join('.')}: ${sayFault(fault, say)}`);

test('a value is put, made where nothing was and taken out, and all else stays the very same', () => {
  const changed = putAt(blueprint, ['services', 1, 'hours', 'week', 'friday', 'opens'], '09:00');
  expect(valueAt(changed, ['services', 1, 'hours', 'week', 'friday'])).toEqual({ opens: '09:00' });
  expect(changed.services[0]).toBe(blueprint.services[0]);
  expect(changed.counters).toBe(blueprint.counters);
  expect(blueprint.services[1]).not.toHaveProperty('hours');
  expect(putAt(blueprint, ['counters', 0], undefined).counters).toEqual(blueprint.counters.slice(1));
  expect(putAt(blueprint, ['rules', 'rejoin'], undefined).rules).not.toHaveProperty('rejoin');
  expect(putAt({ list: [1] }, ['list', 1], 2)).toEqual({ list: [1, 2] });
});

test('with an agency go its services and all that names them; what is left without a counter, or with nothing to serve, is said', () => {
  const { blueprint: after, ...removal } = removeFromBlueprint(blueprint, 'agencies', 'CIV');
  expect(removal).toEqual({
    services: ['CIV-01'],
    unserved: [],
    idle: [1],
    journeys: ['newborn'],
    screens: [],
    isInRules: true,
  });
  expect(after.services.map(({ id }) => id)).toEqual(['TAX-01']);
  expect(after.counters.map(({ serves }) => serves)).toEqual([{}, { agencies: ['TAX'] }]);
  expect(after.rules.skills).toBeUndefined();
  expect(after.rules.helps?.[0]?.with).toEqual({ agencies: ['TAX'] });
  expect(after.journeys?.[0]?.steps).toEqual([['TAX-01']]);
  expect(faultsOf(after)).toEqual(['counters.0.serves: Nothing is chosen: add an agency or a service.']);
});

test('with a counter go the rules that name it alone, and services that only it served are said', () => {
  const { blueprint: after, ...removal } = removeFromBlueprint(blueprint, 'counters', 'loket-2');
  expect(removal).toEqual({
    services: [],
    unserved: ['TAX-01'],
    idle: [],
    journeys: [],
    screens: [],
    isInRules: true,
  });
  expect(after.rules.skills).toBeUndefined();
  expect(after.rules.helps?.[0]?.counters).toEqual(['loket-1']);
  // A rule that somebody is just adding has neither counters nor services, and stays.
  const halfMade = putAt(blueprint, ['rules', 'helps', 1], { with: {}, afterMinutes: 10 });
  expect(removeFromBlueprint(halfMade, 'counters', 'loket-2').blueprint.rules.helps?.[1]).toEqual({
    with: {},
    afterMinutes: 10,
  });
  const { blueprint: without, screens } = removeFromBlueprint(blueprint, 'counters', 'loket-1');
  expect([screens, without.screens?.map(({ id, zone }) => [id, zone?.counters])]).toEqual([
    ['above-1'],
    [['second-floor', ['loket-2']]],
  ]);
  const alone = removeFromBlueprint(blueprint, 'priorities', 'elderly');
  expect(alone).toMatchObject({ services: [], unserved: [], idle: [], journeys: [], screens: [], isInRules: false });
  expect(faultsOf(alone.blueprint)).toEqual([]);
});

test('every text of a hall is found, so a language can be filled from another and taken out again', () => {
  const more = { ...blueprint, languages: [...blueprint.languages, 'ar'] };
  const missing = faultsOf(more).filter((fault) => fault.endsWith('The text in this language is missing.'));
  const places = textsOfBlueprint(more).filter(({ isList }) => !isList);
  expect(places.map(({ path }) => path.join('.')).sort()).toEqual(missing.map((fault) => fault.split(':')[0]).sort());
  const filled = fillLanguage(more, 'ar', 'en');
  expect(filled.services[0]?.name).toMatchObject({ ar: 'Birth certificate' });
  expect(faultsOf(filled)).toEqual([]);
  expect(withoutLanguage(filled, 'ar')).toEqual(blueprint);
  const onlyEnglish = withoutLanguage(blueprint, 'id');
  expect(faultsOf(onlyEnglish)).toEqual([]);
  expect(onlyEnglish.services[0]).not.toHaveProperty('requirements');
});

test('what somebody changed is made in the set-up that holds meanwhile, and what others changed stays', () => {
  const mine = putAt(
    putAt(removeFromBlueprint(blueprint, 'priorities', 'elderly').blueprint, ['rules', 'undoSeconds'], 5),
    ['counters', 2],
    { id: 'loket-3', number: 3, serves: { agencies: ['TAX'] } },
  );
  const theirs = putAt(
    putAt(putAt(blueprint, ['rules', 'callByMinutes'], 30), ['counters', 0, 'number'], 9),
    ['hours', 'week', 'sunday'],
    { opens: '08:00', closes: '12:00' },
  );
  const both = takeOverDraft(blueprint, mine, theirs);
  expect(both.rules).toMatchObject({ undoSeconds: 5, callByMinutes: 30 });
  expect(both.priorities).toEqual([]);
  expect(both.counters.map(({ number }) => number)).toEqual([9, 2, 3]);
  expect(both.hours.week).toHaveProperty('sunday');
  expect(takeOverDraft(blueprint, blueprint, theirs)).toEqual(theirs);
  expect(takeOverDraft(blueprint, mine, blueprint)).toEqual(mine);
  const { rejoin: _, ...rules } = blueprint.rules;
  expect(takeOverDraft(blueprint, { ...blueprint, rules }, theirs).rules).not.toHaveProperty('rejoin');
});

test('limits are those of the schema, and a fault of a number says them', () => {
  expect(limitsAt(['services', 7, 'quota'])).toMatchObject({ minimum: 1, maximum: 10_000 });
  expect(limitsAt(['rules', 'unanswered', 'afterSeconds'])).toMatchObject({ minimum: 5, maximum: 3600 });
  expect(limitsAt(['agencies', 0, 'name', 'id'])).toMatchObject({ maxLength: 160 });
  expect(limitsAt(['no', 'such', 'place'])).toEqual({});
  expect(faultsOf(putAt(blueprint, ['rules', 'undoSeconds'], 601))).toEqual([
    'rules.undoSeconds: A number from 0 to 600.',
  ]);
  expect(faultsOf(putAt(blueprint, ['rules', 'nextAfterSeconds'], 61))).toEqual([
    'rules.nextAfterSeconds: A number from 3 to 60.',
  ]);
  expect(faultsOf(putAt(blueprint, ['rules', 'alertDeviceSilentMinutes'], 1))).toEqual([
    'rules.alertDeviceSilentMinutes: A number from 2 to 1,440.',
  ]);
  expect(faultsOf(putAt(blueprint, ['hours', 'week', 'monday', 'opens'], 'soon'))).toEqual([
    'hours.week.monday.opens: A time such as 08:30.',
  ]);
});

test('times are read as people type them', () => {
  expect(['8', '830', '8.30', ' 08:30 ', '0830', '24:00', '8:60', 'noon', ''].map(readTime)).toEqual([
    '08:00',
    '08:30',
    '08:30',
    '08:30',
    '08:30',
    null,
    null,
    null,
    null,
  ]);
});
