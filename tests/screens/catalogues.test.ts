import az from '@antrean/shared/locales/az.json' with { type: 'json' };
import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import id from '@antrean/shared/locales/id.json' with { type: 'json' };
import ru from '@antrean/shared/locales/ru.json' with { type: 'json' };
import { type Catalogue, catalogueLanguages, type MessageKey, translator } from '@antrean/shared/locales/translate.ts';
import { auditActions } from '@antrean/shared/protocol/audit.ts';
import { dateIn, dateText } from '@antrean/shared/views/date-text.ts';
import { expect, test } from 'vitest';
import { faultsOf, faultsBetween } from './catalogue-faults.ts';

const catalogues: Readonly<Record<string, Catalogue>> = { en, id, az, ru };

test('every catalogue has every text, with the same arguments and every plural its language needs', () => {
  expect(Object.keys(catalogues)).toEqual([...catalogueLanguages]);
  for (const language of catalogueLanguages)
    expect(faultsBetween(en, catalogues[language] ?? {}, language)).toEqual([]);
});

test('a missing text, another argument, a missing plural and a broken message are each named', () => {
  const complete = { 'a.b': '{count, plural, one {# person} other {# people}}' };
  expect(faultsBetween(complete, {}, 'ru')).toEqual(['a.b: is missing']);
  expect(faultsBetween(complete, { 'a.b': 'x', 'a.c': 'x' }, 'id')).toEqual([
    'a.b: has the arguments (), English has (count)',
    'a.c: is not in English',
  ]);
  expect(faultsBetween(complete, { 'a.b': '{count, plural, one {#} few {#} other {#}}' }, 'ru')).toEqual([
    'a.b: has no plural many of {count}',
  ]);
  expect(faultsOf('a.b', '{count, plural, one {#} few {#} other {#}}', 'en')).toEqual([
    'a.b: has a plural few of {count} that en does not use',
  ]);
  expect(faultsOf('a.b', '{count, plural,', 'en')[0]).toMatch(/^a\.b: cannot be read/);
  expect(faultsOf('a.b', ' ', 'en')).toEqual(['a.b: is empty']);
});

test('no text is left in English by mistake', () => {
  // Said the same in both: a name that is one, and words that are spelt alike.
  const alike = new Set([
    'date.long',
    'date.full',
    'role.administrator',
    'role.auditor',
    'kiosk.spokenVolume',
    'report.median',
    'report.p90',
    'report.ofSo',
  ]);
  for (const language of ['id', 'az', 'ru'] as const) {
    const same = (Object.keys(en) as MessageKey[]).filter((key) => catalogues[language]?.[key] === en[key]);
    expect(same.filter((key) => !alike.has(key))).toEqual([]);
  }
});

test('every act of the audit trail is told by a sentence of its own', () => {
  for (const language of catalogueLanguages) {
    const catalogue = catalogues[language] as Readonly<Record<string, string>>;
    expect(auditActions.filter((action) => !catalogue[`did.${action}`]?.includes('{subject'))).toEqual([]);
  }
});

test('Russian counts as Russian does', () => {
  const say = translator('ru', ru);
  const told = [0, 1, 2, 5, 11, 21, 22, 25].map((count) => say('kiosk.people', { count }));
  expect(told).toEqual([
    'никого',
    '1 человек',
    '2 человека',
    '5 человек',
    '11 человек',
    '21 человек',
    '22 человека',
    '25 человек',
  ]);
});

test('dates are written in words of the language, whatever the browser knows', () => {
  const lateInLondon = Date.parse('2026-11-25T23:30:00Z');
  expect(dateIn('Europe/London', lateInLondon)).toBe('2026-11-25');
  expect(dateIn('Asia/Jakarta', lateInLondon)).toBe('2026-11-26');
  const told = catalogueLanguages.map((language) => {
    const catalogue = catalogues[language];
    return catalogue && dateText(translator(language, catalogue), '2026-11-26');
  });
  // The day is never torn from its month.
  expect(told).toEqual([
    'Thursday, 26\u00a0November',
    'Kamis, 26\u00a0November',
    '26\u00a0noyabr, cümə axşamı',
    'четверг, 26\u00a0ноября',
  ]);
  expect(dateText(translator('en', en), '2026-02-01')).toBe('Sunday, 1\u00a0February');
});
