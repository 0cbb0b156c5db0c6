import type { Blueprint } from './blueprint.ts';

type Texts = Readonly<Record<string, string>>;

/** What is the new hall's own; the rest is taken from another or made up. */
export interface NewHall {
  readonly branch: string;
  readonly name: Texts;
  /** IANA time zone. */
  readonly zone: string;
}

/** Another hall's blueprint for the next town: all but its remarks, which are about that hall. */
export const copiedBlueprint = ({ notes: _, ...from }: Blueprint, own: NewHall): Blueprint => ({ ...from, ...own });

/** The least that is a hall: one agency with one service at one counter, open on working days, to be replaced. */
export const leastBlueprint = (
  own: NewHall,
  { languages, currency, agency, service, source }: LeastTexts,
): Blueprint => {
  const inEach = (text: string): Texts => Object.fromEntries(languages.map((language) => [language, text]));
  const day = { opens: '08:00', closes: '16:00' };
  return {
    format: 1,
    ...own,
    dayStartsAt: '04:00',
    languages: [...languages],
    currency,
    hours: { week: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day } },
    rules: { confirmsArrival: true, callNextFinishes: true },
    priorities: [],
    agencies: [{ id: 'A', name: inEach(agency) }],
    services: [{ id: 'A-1', agency: 'A', name: inEach(service), prefix: 'A', source }],
    counters: [{ id: 'counter-1', number: 1, serves: { agencies: ['A'] } }],
  };
};

interface LeastTexts {
  readonly languages: readonly string[];
  /** ISO 4217 */
  readonly currency: string;
  /** Names to begin with, the same in every language. */
  readonly agency: string;
  readonly service: string;
  readonly source: string;
}
