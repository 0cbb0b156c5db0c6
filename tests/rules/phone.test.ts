import { maskPhone, plainPhone, readPhone } from '@antrean/shared/domain/phone.ts';
import { expect, test } from 'vitest';

test.for<readonly [typed: string, plain: string]>([
  ['+62 811 2222 1864', '+6281122221864'],
  ['0062 811.2222/1864', '+6281122221864'],
  [' +994 (50) 123-45-67 ', '+994501234567'],
  ['+1 415–555–2671', '+14155552671'],
  ['+1234567', '+1234567'],
])('[PERSON-1] a phone number as people write it: %s', ([typed, plain]) => {
  expect(plainPhone(readPhone(typed) ?? '')).toBe(plain);
});

test.for([
  '',
  '+',
  '0811 2222 1864',
  '+62',
  '+123456',
  `+${'1'.repeat(16)}`,
  '+62 call me',
  '+1(((((((',
  '++6281122221864',
])('[PERSON-1] what is no phone number with the code of a country: %j', (typed) => expect(readPhone(typed)).toBeNull());

test('[PERSON-1] however much is typed, it is looked at in no time', () => {
  const startedAt = performance.now();
  for (const part of [' ', '-', '1 ', '((', '0']) expect(readPhone(`+1${part.repeat(100_000)}x`)).toBeNull();
  expect(performance.now() - startedAt).toBeLessThan(500);
});

test('[PERSON-2] its owner knows a masked number, and nobody could call it', () => {
  expect(maskPhone('+62 811-2222-1864')).toBe('+62 •••••••• 864');
  for (const phone of ['+1234567', '+123456789012345']) {
    const masked = maskPhone(phone);
    expect(masked.replace(/\D/g, '').length).toBeLessThan(6);
    expect(masked).toContain('•');
  }
});
