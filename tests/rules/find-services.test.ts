import { findServices, searchedOf } from '@antrean/shared/views/find-services.ts';
import { foldText } from '@antrean/shared/views/fold-text.ts';
import { lettersOf } from '@antrean/shared/views/letters-of.ts';
import { expect, test } from 'vitest';

test.each([
  ['İSTANBUL', 'istanbul'],
  ['ISTANBUL', 'istanbul'],
  ['ılıq', 'iliq'],
  ['Şəxsiyyət vəsiqəsi', 'sexsiyyet vesiqesi'],
  ['Ğöçü', 'gocu'],
  ['ЁЛКА й', 'елка и'],
  ['e\u0301tat  civil', 'etat civil'],
  ['KTP-el (baru)', 'ktp el baru'],
  ['  ', ''],
])('%s is compared as %s', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

const searched = searchedOf({
  agencies: [
    { id: 'D', name: { az: 'Daxili İşlər Nazirliyi', ru: 'Министерство внутренних дел' } },
    { id: 'J', name: { az: 'Ədliyyə Nazirliyi', ru: 'Министерство юстиции' } },
  ],
  services: [
    { id: 'card', agencyId: 'D', name: { az: 'Şəxsiyyət vəsiqəsi', ru: 'Удостоверение личности' }, prefix: 'A' },
    { id: 'pass', agencyId: 'D', name: { az: 'Ümumvətəndaş pasportu', ru: 'Общегражданский паспорт' }, prefix: 'B' },
    { id: 'birth', agencyId: 'J', name: { az: 'Doğumun qeydiyyatı', ru: 'Регистрация рождения' }, prefix: 'C' },
    { id: 'light', agencyId: 'J', name: { az: 'İşıq üçün müqavilə' }, prefix: 'D' },
  ],
});

test.each([
  ['', []],
  [' . ', []],
  ['Şəxs', ['card']],
  ['sexsiyyet', ['card']],
  ['vesiqesi SEXS', ['card']],
  ['IŞIQ', ['light']],
  ['işiq', ['light']],
  ['ışıq', ['light']],
  ['паспорт', ['pass']],
  ['рождения рег', ['birth']],
  // First what its own words begin with, then what its agency's do, then what is within a word.
  ['d', ['birth', 'card', 'pass', 'light']],
  // Of its agency and of itself.
  ['adliyya', []],
  ['edliyye qeyd', ['birth']],
  ['vətəndaş', ['pass']],
  ['vesiqe pasport', []],
])('"%s" finds %j', (typed, expected) => {
  expect(findServices(searched, typed)).toEqual(expected);
});

test('every letter of a language is on its keys once', () => {
  const all = (language: string): string => lettersOf(language).flat().sort().join('');
  const sorted = (letters: string): string => [...letters].sort().join('');
  expect(all('id')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  expect(all('en-GB')).toBe(all('id'));
  expect(all('az')).toBe(sorted('ABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ'));
  expect(all('ru')).toBe(sorted('АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ'));
});
