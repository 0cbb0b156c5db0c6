import { life, type TicketAction } from '@antrean/shared/domain/life.ts';
import type { Ticket, TicketStatus } from '@antrean/shared/domain/ticket.ts';
import { afterAll, expect, test } from 'vitest';
import { at, counterId, type Story, storyWith } from './story.ts';

const statuses = Object.keys(life) as TicketStatus[];
const actions = Object.keys(life.waiting) as TicketAction[];
const now = at('10:00');
const c1 = counterId('c1');
const exercised = new Set<string>();

afterAll(() => {
  const cells = statuses.length * actions.length;
  console.log(`life table: ${exercised.size} of ${cells} cells exercised through decide`);
  expect(exercised.size).toBe(cells);
});

/** Asks for the action in the way a sender would, and answers with the status the ticket then has. */
const act = (story: Story, ticket: Ticket, action: TicketAction): TicketStatus => {
  switch (action) {
    case 'call':
      story.tell('call-ticket', { counterId: c1, ticketId: ticket.id }, now);
      break;
    case 'cancel':
      story.tell('cancel-ticket', { ticketId: ticket.id }, now);
      break;
    case 'end-day':
      story.tell('close-day', {}, now);
      break;
    case 'finish':
      story.tell('finish', { counterId: c1, outcome: null }, now);
      break;
    default:
      story.tell(action, { counterId: c1 }, now);
  }
  return story.ticket(ticket.id).status;
};

const refusalOf = (story: Story, ticket: Ticket, action: TicketAction): string => {
  switch (action) {
    case 'call':
      return story.refusal('call-ticket', { counterId: c1, ticketId: ticket.id }, now).code;
    case 'cancel':
      return story.refusal('cancel-ticket', { ticketId: ticket.id }, now).code;
    case 'end-day':
      throw new Error('a day always ends');
    case 'finish':
      return story.refusal('finish', { counterId: c1, outcome: null }, now).code;
    default:
      return story.refusal(action, { counterId: c1 }, now).code;
  }
};

for (const status of statuses) {
  for (const action of actions) {
    const to = life[status][action];
    test(`[LIFE-1] a ticket that is ${status}: ${action} leads to ${to ?? 'a refusal'}`, () => {
      // A hall that confirms arrivals lets a called ticket only be started; the other kind may finish it at once.
      const { story, ticket } = storyWith(status, { confirmsArrival: !(status === 'called' && action === 'finish') });
      expect(ticket.status).toBe(status);
      if (to !== null) {
        expect(act(story, ticket, action)).toBe(to);
      } else if (action === 'end-day') {
        // Nothing is left to end: the closing day has no event for this ticket.
        const events = story.tell('close-day', {}, now);
        expect(events.filter(({ data }) => 'ticketId' in data)).toEqual([]);
        expect(story.ticket(ticket.id).status).toBe(status);
      } else {
        // At the counter the table answers; a ticket that is at no counter cannot be acted on from there at all.
        const isAtCounter = status === 'called' || status === 'serving';
        const needsTicketThere = action !== 'call' && action !== 'cancel';
        const isBusyFirst = action === 'call' && isAtCounter;
        const code = isBusyFirst
          ? 'COUNTER_BUSY'
          : needsTicketThere && !isAtCounter
            ? 'NO_TICKET_AT_COUNTER'
            : 'ACTION_NOT_ALLOWED';
        const before = story.hall;
        expect(refusalOf(story, ticket, action)).toBe(code);
        expect(story.hall).toBe(before);
        expect(story.ticket(ticket.id)).toEqual(ticket);
      }
      exercised.add(`${status} ${action}`);
    });
  }
}

test('[LIFE-1] a ticket that is called or served cannot be called to another counter either', () => {
  for (const status of ['called', 'serving'] as const) {
    const { story, ticket } = storyWith(status);
    story.openCounter('c2', 'budi', '09:30');
    const refusal = story.refusal('call-ticket', { counterId: counterId('c2'), ticketId: ticket.id }, now);
    expect(refusal).toEqual({
      code: 'ACTION_NOT_ALLOWED',
      details: { action: 'call', status, ticketId: ticket.id, number: 'A001' },
    });
  }
});

test('[LIFE-1] an ended ticket stays as it is, whatever is asked', () => {
  for (const status of ['done', 'no-show', 'cancelled'] as const) {
    expect(Object.values(life[status]).every((to) => to === null)).toBe(true);
  }
});
