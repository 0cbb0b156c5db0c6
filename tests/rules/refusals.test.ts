import { readFileSync } from 'node:fs';
import type { RefusalCode } from '@antrean/shared/domain/refusal.ts';
import { catalogueLanguages, translator } from '@antrean/shared/locales/translate.ts';
import { expect, test } from 'vitest';

/** Every code with the details its decider gives: a code that is missing here does not compile. */
const details: Readonly<Record<RefusalCode, Readonly<Record<string, string | number | null>>>> = {
  DAY_NOT_OPEN: {},
  DAY_ALREADY_OPEN: { date: '2026-08-18' },
  DAY_GOES_BACK: { date: '2026-08-17', latest: '2026-08-18' },
  DAY_AHEAD: { date: '2062-08-18', furthest: '2026-08-25' },
  SERVICE_UNKNOWN: { serviceId: 'tax' },
  JOURNEY_UNKNOWN: { journeyId: 'newborn' },
  PRIORITY_UNKNOWN: { priority: 'elderly' },
  LANGUAGE_UNKNOWN: { language: 'fr' },
  COUNTER_UNKNOWN: { counterId: 'c1' },
  COUNTER_ALREADY_OPEN: { counterId: 'c1', agentId: 'adi' },
  COUNTER_NOT_OPEN: { counterId: 'c1' },
  COUNTER_PAUSED: { counterId: 'c1' },
  COUNTER_NOT_PAUSED: { counterId: 'c1' },
  COUNTER_BUSY: { counterId: 'c1', ticketId: null },
  AGENT_AT_OTHER_COUNTER: { counterId: 'c1', agentId: 'adi' },
  NOT_YOUR_COUNTER: { counterId: 'c1' },
  LINE_EMPTY: { counterId: 'c1' },
  TICKET_UNKNOWN: { ticketId: 'x' },
  NO_TICKET_AT_COUNTER: { counterId: 'c1' },
  SERVICE_NOT_SERVED_HERE: { counterId: 'c1', serviceId: 'tax' },
  ACTION_NOT_ALLOWED: { action: 'start', status: 'done', ticketId: 'x', number: 'A001' },
  CHOOSING_NOT_ALLOWED: { counterId: 'c1' },
  LINE_IS_HIDDEN: { counterId: 'c1' },
  SKIP_NEEDS_REASON: { ticketId: 'x', number: 'A001' },
  SETUP_NOT_NEWER: { revision: 3, known: 3 },
  AGENT_NOT_HERE: { agentId: 'adi' },
  TICKET_KEPT_FOR_ANOTHER: { ticketId: 'x', number: 'A001' },
  TRANSFER_CHANGES_NOTHING: { ticketId: 'x', number: 'A001', serviceId: 'tax' },
  PRIORITY_CHANGES_NOTHING: { number: 'A001' },
  SERVICE_PAUSED: { serviceId: 'tax' },
  SERVICE_NOT_PAUSED: { serviceId: 'tax' },
  NO_MESSAGE: {},
  TOO_MANY_LEGS: { number: 'A001', most: 12 },
  REJOIN_NOT_ALLOWED: { ticketId: 'x', number: 'A001' },
  REJOIN_TOO_LATE: { ticketId: 'x', number: 'A001' },
  MORE_TIME_NOT_ALLOWED: { ticketId: 'x', number: 'A001' },
  MORE_TIME_USED_UP: { ticketId: 'x', number: 'A001', times: 2 },
  ALREADY_CALLED: { ticketId: 'x', number: 'A001' },
  NOTHING_TO_UNDO: { counterId: 'c1' },
  UNDO_TOO_LATE: { counterId: 'c1', seconds: 30 },
  UNDO_OVERTAKEN: { counterId: 'c1', number: 'A001' },
  NOT_LEFT: { ticketId: 'x', number: 'A001' },
  LEFT_TOO_LONG_AGO: { ticketId: 'x', number: 'A001' },
  NOTHING_DUE: {},
  NOTHING_TO_VOID: { from: 'A010', to: 'A019' },
  NOTHING_TO_REASSIGN: { agentId: 'adi' },
  SERVICE_CLOSED_NOW: { serviceId: 'tax', opensAt: '13:00' },
  SERVICE_FULL: { serviceId: 'tax', quota: 40 },
  NUMBERS_USED_UP: { serviceId: 'tax', prefix: 'A', last: 199 },
  NO_APPOINTMENTS: {},
  CHECK_IN_TOO_EARLY: { from: '09:30', bookedFor: '10:00' },
  BOOKED_FOR_ANOTHER_DAY: { date: '2026-08-19' },
  HOLDER_NEEDED: { serviceId: 'tax' },
  HOLDER_HAS_TICKET: { serviceId: 'tax' },
  PHONE_HAS_TICKET: { number: 'A001' },
};
const codes = Object.keys(details) as RefusalCode[];

const catalogueIn = (language: string) =>
  JSON.parse(readFileSync(new URL(`../../shared/locales/${language}.json`, import.meta.url), 'utf8'));

for (const language of catalogueLanguages) {
  test(`[REFUSE-1] each of the ${codes.length} refusals has a sentence in ${language} that its details fill`, () => {
    const catalogue = catalogueIn(language);
    const say = translator(language, catalogue);
    for (const code of codes) {
      const sentence = say(`refusal.${code}`, details[code]);
      expect(sentence.trim().length, code).toBeGreaterThan(10);
      expect(sentence, code).not.toMatch(/[{}]|undefined|null/);
      if (language !== 'en')
        expect(sentence, code).not.toBe(translator('en', catalogueIn('en'))(`refusal.${code}`, details[code]));
    }
  });
}

test('[HOURS-1] a closed service says when it opens again, or that it does not today, in each language', () => {
  for (const language of catalogueLanguages) {
    const say = (opensAt: string | null) =>
      translator(language, catalogueIn(language))('refusal.SERVICE_CLOSED_NOW', { serviceId: 'tax', opensAt });
    expect(say('13:00')).toContain('13:00');
    expect(say(null)).not.toMatch(/null|[{}]/);
  }
});
