import type { Path } from '@antrean/shared/domain/draft.ts';
import { blueprintFaults } from '@antrean/shared/protocol/blueprint-faults.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { parseBlueprint } from './parse-blueprint.ts';

/** What is wrong in a blueprint and where; `line` only of a text. */
export interface ReadFault {
  readonly path: (string | number)[];
  readonly line: number | null;
  readonly message: string;
}

export type ReadBlueprint =
  | { readonly blueprint: Blueprint; readonly faults?: undefined }
  | { readonly blueprint?: undefined; readonly faults: readonly ReadFault[] };

/** A blueprint from plain data, or every fault of it: of the fields, and of what they say about one another. Never throws. */
export const readBlueprint = (draft: unknown): ReadBlueprint => {
  const faults = blueprintFaults(draft).map(({ path, message }) => ({ path: stepsOf(path), line: null, message }));
  return faults.length > 0 ? { faults } : { blueprint: draft as Blueprint };
};

/** The same of the text of a file. */
export const readBlueprintText = (text: string): ReadBlueprint => {
  const { blueprint, faults } = parseBlueprint(text);
  if (blueprint) return { blueprint };
  return { faults: faults.map(({ path, line, message }) => ({ path: stepsOf(path), line, message })) };
};

const stepsOf = (path: Path): (string | number)[] => path.filter((step) => step !== undefined);
