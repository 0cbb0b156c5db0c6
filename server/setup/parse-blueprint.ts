import { blueprintFaults } from '@antrean/shared/protocol/blueprint-faults.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { readBlueprintSource, type PlacedFault } from './blueprint-source.ts';

/** A blueprint of 5,000 services has about 2 MB. */
export const maxBlueprintBytes = 5 * 1024 * 1024;

export type ParsedBlueprint =
  | { readonly blueprint: Blueprint; readonly faults?: undefined }
  | { readonly blueprint?: undefined; readonly faults: readonly PlacedFault[] };

/**
 * Reads a blueprint from YAML 1.2. Answers with the blueprint, or with every fault and its place: of the text, of the
 * fields, and of what fields say about one another. While the text is not valid YAML, only that is named: what it was
 * meant to hold cannot be known. Never throws.
 */
export const parseBlueprint = (text: string): ParsedBlueprint => {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBlueprintBytes) {
    const message = `the file has ${bytes} bytes, at most ${maxBlueprintBytes} are read: is it a blueprint?`;
    return { faults: [{ line: 1, column: 1, path: [], code: 'FILE_TOO_LARGE', message }] };
  }
  const source = readBlueprintSource(text);
  if (!source.isReadable) return { faults: inOrder(source.faults) };
  const found = blueprintFaults(source.draft).map((fault): PlacedFault => ({
    ...fault,
    ...source.place(fault.path, fault.code === 'UNKNOWN_FIELD' ? 'key' : 'value'),
  }));
  const faults = [...source.faults, ...found];
  return faults.length > 0 ? { faults: inOrder(faults) } : { blueprint: source.draft as Blueprint };
};

const inOrder = (faults: readonly PlacedFault[]): PlacedFault[] =>
  faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
