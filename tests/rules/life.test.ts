import type { CommandData, CommandType } from '@antrean/shared/domain/commands.ts';
import { life, type TicketAction } from '@antrean/shared/domain/life.ts';
import { isAtCounter, isOpen, type Ticket, type TicketStatus } from '@antrean/shared/domain/ticket.ts';
import { afterAll, expect, test } from 'vitest';
import { at, counterId, serviceId, type Story, storyWith } from './story.ts';

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

type Ask<Answer> = <T extends CommandType>(type: T, data: CommandData[T]) => Answer;

/** Asks for the action in the way a sender would. */
const askFor = <Answer>(ask: Ask<Answer>, { id: ticketId }: Ticket, action: TicketAction): Answer => {
  switch (action) {
    case 'call':
      return ask('call-ticket', { counterId: c1, ticketId });
    case 'cancel':
      return ask('cancel-ticket', { ticketId });
    case 'end-day':
      return ask('close-day', {});
    case 'finish':
    case 'go-on':
      return ask('finish', { counterId: c1, outcome: null });
    case 'hold':
      return ask('hold-ticket', { ticketId, reason: 'a copy', minutes: 10 });
    case 'return':
      return ask('return-ticket', { ticketId });
    case 'resume':
      return ask('resume-ticket', { counterId: c1, ticketId });
    case 'transfer':
      return ask('transfer-ticket', {
        ticketId,
        serviceId: serviceId('land'),
        reservedFor: null,
        note: null,
        comesBack: false,
      });
    case 'rejoin':
      return ask('rejoin-ticket', { ticketId });
    case 'no-show':
      return ask('end-missed', { ticketId });
    case 'recall':
    case 'start':
    case 'miss':
    case 'park':
      return ask(action, { counterId: c1 });
  }
};

/** What is asked of whoever stands at the counter, not of a ticket by its id. */
const isAskedOfCounter = (action: TicketAction): boolean =>
  ['recall', 'start', 'finish', 'go-on', 'miss', 'park'].includes(action);

const act = (story: Story, ticket: Ticket, action: TicketAction): TicketStatus => {
  askFor((type, data) => story.tell(type, data, now), ticket, action);
  return story.ticket(ticket.id).status;
};

const refusalOf = (story: Story, ticket: Ticket, action: TicketAction): string =>
  askFor((type, data) => story.refusal(type, data, now).code, ticket, action);

for (const status of statuses) {
  for (const action of actions) {
    const to = life[status][action];
    test(`[LIFE-1] a ticket that is ${status}: ${action} leads to ${to ?? 'a refusal'}`, () => {
      // A hall that confirms arrivals lets a called ticket only be started; the other kind may finish it at once.
      const mayFinishAtOnce = status === 'called' && (action === 'finish' || action === 'go-on');
      const rejoin = { times: 3, late: 'end-of-line' } as const;
      const { story, ticket: first } = storyWith(status, { confirmsArrival: !mayFinishAtOnce, rejoin });
      expect(first.status).toBe(status);
      if (action === 'go-on' && isOpen(status))
        story.tell('add-leg', { ticketId: first.id, serviceId: serviceId('land') }, now);
      const ticket = story.ticket(first.id);
      if (to !== null) {
        expect(act(story, ticket, action)).toBe(to);
      } else if (action === 'end-day') {
        // Nothing is left to end: the closing day has no event for this ticket.
        const events = story.tell('close-day', {}, now);
        expect(events.filter(({ data }) => 'ticketId' in data)).toEqual([]);
        expect(story.ticket(ticket.id).status).toBe(status);
      } else {
        // At the counter the table answers; a ticket that is at no counter cannot be acted on from there at all.
        const isBusyFirst = action === 'call' && isAtCounter(status);
        const code = isBusyFirst
          ? 'COUNTER_BUSY'
          : isAskedOfCounter(action) && !isAtCounter(status)
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
