import { readFileSync } from 'node:fs';
import { checkCallColour, contrastOf } from '@antrean/shared/domain/call-colour.ts';
import { expect, test } from 'vitest';

const tokens = readFileSync(new URL('../../shared/tokens.css', import.meta.url), 'utf8');
const token = (name: string): string => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(tokens)![1]!;
const faultOf = (callColour: string) => checkCallColour({ rules: { callColour } })[0];

test('contrast as WCAG 2.2 reckons it, whichever of the two is named first', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 6);
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrastOf('#ffffff', '#777777')).toBe(contrastOf('#777777', '#ffffff'));
});

test('[SCREEN-4] a colour below 7:1 on the dark of the TV is refused with its ratio', () => {
  expect(faultOf('#0b4a8f')?.message).toContain('has a contrast of 1.8:1');
  expect(faultOf('#0b4a8f')?.values).toEqual({ ratio: 1.8, least: 7 });
  expect(faultOf('#ff6a00')?.values?.['ratio']).toBeLessThan(7);
  expect(faultOf('#ffd24a')).toBeUndefined();
});

test('[SCREEN-4] what is permitted can be read everywhere: on the dark, and with the dark text upon it', () => {
  for (let part = 0; part < 256; part++) {
    for (const [red, green, blue] of [
      [part, part, part],
      [255, part, 0],
      [0, part, 255],
      [part, 255, part],
    ] as const) {
      const colour = `#${[red, green, blue].map((each) => each.toString(16).padStart(2, '0')).join('')}`;
      const isRefused = faultOf(colour) !== undefined;
      expect(isRefused, colour).toBe(contrastOf(colour, token('night-raised')) < 7);
      if (isRefused) continue;
      expect(contrastOf(colour, token('night')), colour).toBeGreaterThan(7);
      expect(contrastOf(colour, token('call-text')), colour).toBeGreaterThan(7);
    }
  }
});
