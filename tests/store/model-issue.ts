import type { ModelCommand, ModelSetup, ModelTicket } from './model-types.ts';

/** Why an appointment is not checked in now; the hours that tests book are hours away, whatever the clock of whoever decides. */
export const refusedBooking = (
  { early }: ModelSetup,
  date: string | null,
  { booked }: Extract<ModelCommand, { type: 'issue-ticket' }>,
): string | null => {
  if (!booked) return null;
  if (early === null) return 'NO_APPOINTMENTS';
  if (booked.date !== date) return 'BOOKED_FOR_ANOTHER_DAY';
  return Date.now() < booked.hour - early * 60_000 ? 'CHECK_IN_TOO_EARLY' : null;
};

export const freshTicket = (
  given: Pick<ModelTicket, 'id' | 'number' | 'serviceId' | 'isElderly' | 'legs' | 'since'>,
): ModelTicket => ({
  ...given,
  issuedFor: given.serviceId,
  status: 'waiting',
  counterId: null,
  keptFor: null,
  postponed: 0,
  isOwnHold: false,
  misses: 0,
  missedAt: 0,
  called: null,
  started: null,
  turn: null,
  left: null,
  wasCalled: false,
});
