import { Type } from 'typebox';

/** Stricter than `format: uuid`, which takes `urn:uuid:…` too: Postgres would not. */
const uuidPattern = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

export const uuid = (description?: string) =>
  Type.String({ format: 'uuid', pattern: uuidPattern, ...(description && { description }) });
