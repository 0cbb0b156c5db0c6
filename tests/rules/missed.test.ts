import type { RejoinRule } from '@antrean/shared/domain/setup.ts';
import { expect, test } from 'vitest';
import { at, counterId, dataOf, kiosk, minutes, storyWith, typesOf } from './story.ts';

const c1 = { counterId: counterId('c1') };
/** Missed at 09:02, with one more waiting behind it. */
const missed = (rejoin?: RejoinRule) => {
  const { story, ticket } = storyWith('missed', {
    confirmsArrival: false,
    callNextFinishes: true,
    ...(rejoin && { rejoin }),
  });
  story.issue('tax', '09:03');
  const rejoinAt = (time: string) => {
    const data = dataOf(story.tell('rejoin-ticket', { ticketId: ticket.id }, at(time), kiosk), 'ticket.rejoined');
    return data.place;
  };
  const refusalAt = (time: string) => story.refusal('rejoin-ticket', { ticketId: ticket.id }, at(time), kiosk).code;
  return { story, ticket, rejoinAt, refusalAt };
};

test('[MISS-1] without a rule of the hall a missed visitor does not come back', () => {
  expect(missed().refusalAt('09:04')).toBe('REJOIN_NOT_ALLOWED');
});

test('[MISS-2] in time by the clock the old place is kept, later it is the end of the line', () => {
  const rule = { withinMs: minutes(10), times: 2, late: 'end-of-line' } as const;
  const inTime = missed(rule);
  expect(inTime.rejoinAt('09:12')).toBe('kept');
  expect(inTime.story.callNext('c1', '09:13').ticketId).toBe(inTime.ticket.id);
  const late = missed(rule);
  expect(late.rejoinAt('09:13')).toBe('end');
  expect(late.story.ticket(late.ticket.id).queuedAt).toBe(at('09:13'));
  expect(late.story.callNext('c1', '09:14').number).toBe('A002');
});

test('[MISS-2] in time by the calls of the service since, whichever of the two is kinder', () => {
  const rule = { withinMs: minutes(1), withinCalls: 2, times: 2, late: 'no-show' } as const;
  const after = (calls: number, withinMs = rule.withinMs) => {
    const hall = missed({ ...rule, withinMs });
    for (let call = 0; call < calls; call++) {
      hall.story.issue('tax', '09:20');
      hall.story.callNext('c1', '09:21');
    }
    return hall;
  };
  expect(after(2).rejoinAt('09:30')).toBe('kept');
  expect(after(3).refusalAt('09:30')).toBe('REJOIN_TOO_LATE');
  expect(after(3, minutes(28)).rejoinAt('09:30')).toBe('kept');
});

test('[MISS-2] with neither minutes nor calls it is always in time', () => {
  expect(missed({ times: 1, late: 'no-show' }).rejoinAt('15:00')).toBe('kept');
});

test('[MISS-3] missed once too often is a no-show at once', () => {
  const { story, ticket, rejoinAt } = missed({ times: 1, late: 'end-of-line' });
  rejoinAt('09:04');
  expect(story.callNext('c1', '09:05').ticketId).toBe(ticket.id);
  expect(typesOf(story.tell('miss', c1, at('09:06')))).toEqual(['ticket.missed', 'ticket.no-showed']);
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'no-show', misses: 2, endedAt: at('09:06') });
});

test('[MISS-4] a missed visitor is given up by hand', () => {
  const { story, ticket } = missed();
  story.tell('end-missed', { ticketId: ticket.id }, at('09:30'));
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'no-show', endedAt: at('09:30') });
});
