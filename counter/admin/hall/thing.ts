import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Speech } from '@antrean/shared/screen/speech.svelte.ts';
import type { Draft } from './draft.svelte.ts';

/** What a section about a list of things works with. */
export interface SectionProps {
  blueprint: Blueprint;
  draft: Draft;
  /** The id of the one that is open at first. */
  asked: string | undefined;
  speech: Speech;
}

/** A thing of a list as its row shows it. */
export interface Thing {
  readonly id: string;
  /** Short, in front: a number, letters. */
  readonly mark: string;
  readonly name: string;
  /** Beneath the name. */
  readonly under: string;
  /** All the text by which it is found. */
  readonly sought: string;
}

/** An id that none has, made as the others are: after `loket-29`, `loket-30`. @param word where there are none to go by */
export const nextId = (ids: readonly string[], word: string): string => {
  const numbered = ids.flatMap((id) => {
    const [, stem, digits] = /^(.*?)(\d{1,6})$/.exec(id) ?? [];
    return stem === undefined || digits === undefined ? [] : [{ stem, digits }];
  });
  const last = numbered.at(-1) ?? { stem: `${word}-`, digits: '0' };
  const alike = numbered.filter(({ stem }) => stem === last.stem).map(({ digits }) => Number(digits));
  return `${last.stem}${String(Math.max(0, ...alike) + 1).padStart(last.digits.length, '0')}`;
};
