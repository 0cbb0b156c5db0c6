import type { MessageKey, MessageValues, Translate } from '../locales/translate.ts';
import type { AlertView } from '../protocol/alerts.ts';
import type { HallNames } from './hall-names.ts';

/** What of an alert is said in words. */
type SaidAlert = Pick<AlertView, 'kind' | 'subject' | 'name' | 'area' | 'worst' | 'limit'>;

/** What an alert is about: a service, a counter, a device with where it stands; empty: the hall as a whole. */
export const sayAlertPlace = (
  { kind, subject, name, area }: SaidAlert,
  names: HallNames,
  say: Translate,
  language: string,
): string => {
  switch (kind) {
    case 'longest-wait':
      return names.service(subject, language);
    case 'serving-long':
      return say('alerts.counter', { number: names.counterNumber(subject) });
    case 'device-silent':
      return [name ?? subject, area].filter(Boolean).join(', ');
    case 'waiting':
    case 'share-within-target':
      return '';
  }
};

const valueKeys = {
  'longest-wait': 'alerts.minutes',
  'serving-long': 'alerts.minutes',
  'device-silent': 'alerts.minutes',
  waiting: 'alerts.people',
  'share-within-target': 'alerts.percent',
} as const satisfies Record<AlertView['kind'], MessageKey>;

/** The worst value against its limit. */
export const sayAlertValue = (
  { kind, worst, limit }: Pick<AlertView, 'kind' | 'worst' | 'limit'>,
  say: Translate,
): string => {
  const values: MessageValues = { value: worst, limit };
  return say(valueKeys[kind], values);
};

/** All of it in one sentence. */
export const sayAlert = (alert: SaidAlert, names: HallNames, say: Translate, language: string): string => {
  const place = sayAlertPlace(alert, names, say, language);
  return `${[say(`alerts.${alert.kind}`), place].filter(Boolean).join(', ')}: ${sayAlertValue(alert, say)}`;
};
