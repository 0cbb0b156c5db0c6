/**
 * Readers for a draft: data from a file that may have any shape. Each answers with what is there in the right shape, and
 * with nothing where it is not, so that a check can go on past a fault that the schema names.
 */

export type Path = readonly (string | number)[];

export const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const texts = (value: unknown): readonly string[] => list(value).filter((item) => typeof item === 'string');
