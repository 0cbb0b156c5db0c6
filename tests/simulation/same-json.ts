/**
 * Whether two values are written as the same JSON. What is alike part by part, in the order of its keys, is; only what is
 * not is really written: that takes five times as long, and nearly everything compared here is alike.
 */
export const isSameJson = (a: unknown, b: unknown): boolean => isAlike(a, b) || JSON.stringify(a) === JSON.stringify(b);

const isAlike = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => isAlike(item, b[at]));
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length || Array.isArray(b)) return false;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!;
    if (key !== others[at] || !isAlike(a[key as never], b[key as never])) return false;
  }
  return true;
};
