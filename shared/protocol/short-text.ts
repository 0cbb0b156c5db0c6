import { Type } from 'typebox';

/** A short text typed by staff: no control or bidirectional marks (S17). */
export const ShortText = Type.String({
  minLength: 1,
  maxLength: 80,
  pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+$',
});
