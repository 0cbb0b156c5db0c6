import { Type } from 'typebox';
import { plainTextPattern } from '../domain/plain-text.ts';

/** A short text typed by staff, on one line and with nothing hidden in it (S17). */
export const ShortText = Type.String({ minLength: 1, maxLength: 80, pattern: plainTextPattern });
