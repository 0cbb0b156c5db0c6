import type { BlueprintFault } from './blueprint-fault.ts';
import { record } from './draft.ts';

/** Behind the numbers of earlier calls and around the call panel: `--night-raised` of shared/tokens.css. */
const behind = '#16213a';

/** What WCAG 2.2 asks of text at level AAA (1.4.6). */
const leastContrast = 7;

/**
 * The hall's own colour for calls can be read on the dark of the TV (SCREEN-4). The dark text upon it, which is darker than
 * what is behind, has then 8:1 or more.
 */
export const checkCallColour = (draft: unknown): BlueprintFault[] => {
  const { callColour } = record(record(draft)['rules']);
  if (typeof callColour !== 'string' || !/^#[0-9a-f]{6}$/.test(callColour)) return [];
  const contrast = contrastOf(callColour, behind);
  if (contrast >= leastContrast) return [];
  // Rounded down: 6.97 is not 7.
  const ratio = Math.floor(contrast * 10) / 10;
  const message = `${callColour} has a contrast of ${ratio}:1 on the dark of the TV, at least ${leastContrast}:1 is needed: choose a lighter colour`;
  return [{ path: ['rules', 'callColour'], code: 'COLOUR_CONTRAST', message, values: { ratio, least: leastContrast } }];
};

/** Contrast of two colours `#rrggbb`, 1 to 21 (WCAG 2.2). */
export const contrastOf = (one: string, other: string): number => {
  const [darker, lighter] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
};

const luminanceOf = (colour: string): number =>
  [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
    const part = parseInt(colour.slice(1 + 2 * at, 3 + 2 * at), 16) / 255;
    return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
