import type { BlueprintFault } from '../domain/blueprint-fault.ts';
import { checkBlueprint } from '../domain/check-blueprint.ts';
import { schemaFaults, type SchemaFault } from './schema-faults.ts';

export type DraftFault = BlueprintFault | SchemaFault;

/** Every fault of a draft of any shape: of its fields, and of what they say about one another; none makes it a blueprint. */
export const blueprintFaults = (draft: unknown): DraftFault[] => {
  const shape = schemaFaults(draft);
  const broken = new Set(shape.map(({ path }) => JSON.stringify(path)));
  return [...shape, ...checkBlueprint(draft).filter(({ path }) => !broken.has(JSON.stringify(path)))];
};
