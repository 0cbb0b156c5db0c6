import type { Translate } from '../locales/translate.ts';
import { sayField } from './say-audit.ts';
import { sayName } from './say-name.ts';

/** A value of a set-up or of an entry of the audit trail, in words: yes and no, hours as `08:00–15:00`, a text in one language. */
export const sayValue = (value: unknown, say: Translate, language: string): string => {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'boolean') return say(value ? 'admin.yes' : 'admin.no');
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((each) => sayValue(each, say, language)).join('; ') || '–';
  return sayMap(value as Fields, say, language);
};

type Fields = Readonly<Record<string, unknown>>;

const sayMap = (fields: Fields, say: Translate, language: string): string => {
  const { opens, closes, breaks, from, to, ...others } = fields;
  const span = opens !== undefined ? [opens, closes] : from !== undefined ? [from, to] : null;
  const told = Object.entries(others).map(([field, value]) => {
    if (field === 'name' || field === 'area') return sayName(value as Readonly<Record<string, string>>, language);
    if (field === 'week' && Object.keys(value as Fields).length === 0) return say('hours.closed');
    return `${sayField(field, say)}: ${sayValue(value, say, language)}`;
  });
  return (
    [
      ...(span ? [[...new Set(span)].join('–')] : []),
      ...(breaks === undefined ? [] : [`${say('hours.break')} ${sayValue(breaks, say, language)}`]),
      ...told,
    ].join(', ') || '–'
  );
};
