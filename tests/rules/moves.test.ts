import { expect, test } from 'vitest';
import { agent, agentId, at, counterId, dataOf, priorityId, serviceId, Story, storyWith, typesOf } from './story.ts';

const c1 = { counterId: counterId('c1') };
const c2 = { counterId: counterId('c2') };
const c3 = { counterId: counterId('c3') };
const nowhere = { serviceId: null, reservedFor: null, note: null, comesBack: false } as const;
const to = (service: string) => ({ ...nowhere, serviceId: serviceId(service) });

test('[MOVE-1] a visitor at a counter goes back to the place in the line', () => {
  for (const status of ['called', 'serving', 'parked'] as const) {
    const { story, ticket } = storyWith(status);
    story.issue('tax', '09:10');
    story.tell('return-ticket', { ticketId: ticket.id }, at('09:20'));
    expect(story.ticket(ticket.id)).toMatchObject({ status: 'waiting', queuedAt: at('09:00'), reservedFor: null });
    expect(story.hall.counters.get(c1.counterId)?.ticketId).toBeNull();
    expect(story.callNext('c1', '09:21').ticketId).toBe(ticket.id);
    expect(story.hall.totals).toMatchObject({ called: 1, waitedMs: 60_000 });
  }
});

test('[MOVE-2] sent to another service it keeps number, class and waiting credit', () => {
  const { story, ticket } = storyWith('serving');
  const later = story.issue('birth', '09:10');
  const earlier = { ...to('birth'), note: 'has the form already' };
  const events = story.tell('transfer-ticket', { ticketId: ticket.id, ...earlier }, at('09:20'), agent('adi'));
  expect(dataOf(events, 'ticket.transferred')).toMatchObject({
    serviceId: 'tax',
    toServiceId: 'birth',
    counterId: 'c1',
  });
  expect(story.ticket(ticket.id)).toMatchObject({
    number: 'A001',
    serviceId: 'birth',
    status: 'waiting',
    queuedAt: at('09:00'),
    note: 'has the form already',
  });
  story.openCounter('c3', 'citra', '09:21');
  expect(story.callNext('c3', '09:22')).toMatchObject({ ticketId: ticket.id, serviceId: 'birth' });
  expect(story.callNext('c1', '09:23').ticketId).toBe(later.id);
});

test('[MOVE-2] whoever waits, is held or parked is sent on, too; whoever ended or was missed is not', () => {
  for (const status of ['waiting', 'held', 'parked'] as const) {
    const { story, ticket } = storyWith(status);
    story.tell('transfer-ticket', { ticketId: ticket.id, ...to('land') }, at('09:20'));
    expect(story.ticket(ticket.id)).toMatchObject({
      status: 'waiting',
      serviceId: 'land',
      hold: null,
      reservedFor: null,
    });
    expect(story.hall.lines.size).toBe(1);
  }
  const { story, ticket } = storyWith('missed');
  expect(story.refusal('transfer-ticket', { ticketId: ticket.id, ...to('land') }, at('09:20')).code).toBe(
    'ACTION_NOT_ALLOWED',
  );
});

test('[MOVE-2] what leads nowhere is refused by name', () => {
  const { story, ticket } = storyWith('waiting');
  const code = (data: object) =>
    story.refusal('transfer-ticket', { ticketId: ticket.id, ...nowhere, ...data }, at('09:20')).code;
  expect(code({})).toBe('TRANSFER_CHANGES_NOTHING');
  expect(code(to('moon'))).toBe('SERVICE_UNKNOWN');
  expect(code({ reservedFor: { counterId: counterId('c9') } })).toBe('COUNTER_UNKNOWN');
  expect(code({ reservedFor: c3 })).toBe('SERVICE_NOT_SERVED_HERE');
  expect(code({ reservedFor: { agentId: agentId('dewi') } })).toBe('AGENT_NOT_HERE');
});

test('[MOVE-3] kept for a counter or an agent, it is called by nobody else while they are here', () => {
  for (const reservedFor of [c2, { agentId: agentId('budi') }]) {
    const { story, ticket } = storyWith('serving');
    story.openCounter('c2', 'budi', '09:05');
    const other = story.issue('tax', '09:10');
    story.tell('transfer-ticket', { ticketId: ticket.id, ...nowhere, reservedFor }, at('09:20'));
    expect(story.callNext('c1', '09:21').ticketId).toBe(other.id);
    expect(story.callNext('c2', '09:22')).toMatchObject({ ticketId: ticket.id });
  }
});

test('[MOVE-3] when counter or agent is gone, whoever serves the service takes it', () => {
  for (const reservedFor of [c2, { agentId: agentId('budi') }]) {
    const { story, ticket } = storyWith('serving');
    story.openCounter('c2', 'budi', '09:05');
    story.tell('transfer-ticket', { ticketId: ticket.id, ...nowhere, reservedFor }, at('09:20'));
    expect(story.refusal('call-next', c1, at('09:21')).code).toBe('LINE_EMPTY');
    story.tell('close-counter', c2, at('09:22'));
    expect(story.callNext('c1', '09:23').ticketId).toBe(ticket.id);
  }
});

test('[MOVE-3] "call this one" may still take what is kept for another', () => {
  const { story, ticket } = storyWith('serving');
  story.openCounter('c2', 'budi', '09:05');
  story.tell('transfer-ticket', { ticketId: ticket.id, ...nowhere, reservedFor: c2 }, at('09:20'));
  story.tell('call-ticket', { ...c1, ticketId: ticket.id, reason: 'asked for' }, at('09:21'));
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'called', counterId: 'c1' });
});

test('[MOVE-4] "and back to me": done there, it waits for the agent who sent it, with its credit', () => {
  const { story, ticket } = storyWith('serving');
  story.openCounter('c3', 'citra', '09:05');
  story.tell('transfer-ticket', { ticketId: ticket.id, ...to('birth'), comesBack: true }, at('09:20'), agent('adi'));
  expect(story.ticket(ticket.id).legs).toEqual([{ serviceId: 'tax', reservedFor: { agentId: 'adi' } }]);
  story.callNext('c3', '09:21');
  story.tell('start', c3, at('09:22'));
  const events = story.tell('finish', { ...c3, outcome: null }, at('09:30'));
  expect(dataOf(events, 'ticket.went-on')).toMatchObject({ serviceId: 'birth', toServiceId: 'tax' });
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'waiting', queuedAt: at('09:00'), legs: [] });
  story.openCounter('c2', 'budi', '09:31');
  expect(story.refusal('call-next', c2, at('09:32')).code).toBe('LINE_EMPTY');
  expect(story.callNext('c1', '09:33').ticketId).toBe(ticket.id);
});

test('[MOVE-5] what is kept for an agent is given to another, or to everybody; what was parked then waits', () => {
  const { story, ticket } = storyWith('parked');
  story.openCounter('c2', 'budi', '09:05');
  const waiting = story.issue('tax', '09:10');
  story.tell(
    'transfer-ticket',
    { ticketId: waiting.id, ...nowhere, reservedFor: { agentId: agentId('adi') } },
    at('09:11'),
  );
  story.tell('reassign-tickets', { agentId: agentId('adi'), toAgentId: agentId('budi') }, at('09:12'));
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'parked', reservedFor: { agentId: 'budi' } });
  expect(story.ticket(waiting.id)).toMatchObject({ status: 'waiting', reservedFor: { agentId: 'budi' } });
  const events = story.tell('reassign-tickets', { agentId: agentId('budi'), toAgentId: null }, at('09:13'));
  expect(typesOf(events)).toEqual(['ticket.returned', 'ticket.reassigned']);
  for (const { id } of [ticket, waiting]) {
    expect(story.ticket(id)).toMatchObject({ status: 'waiting', reservedFor: null });
  }
  expect(story.refusal('reassign-tickets', { agentId: agentId('adi'), toAgentId: null }, at('09:14')).code).toBe(
    'NOTHING_TO_REASSIGN',
  );
});

test('[LEG-1] services are added for afterwards, as many as make sense', () => {
  const { story, ticket } = storyWith('serving');
  const add = { ticketId: ticket.id, serviceId: serviceId('land') };
  for (let leg = 0; leg < 12; leg++) story.tell('add-leg', add, at('09:10'));
  expect(story.refusal('add-leg', add, at('09:11')).code).toBe('TOO_MANY_LEGS');
  expect(story.refusal('add-leg', { ...add, serviceId: serviceId('moon') }, at('09:11')).code).toBe('SERVICE_UNKNOWN');
  const done = storyWith('done');
  expect(done.story.refusal('add-leg', { ...add, ticketId: done.ticket.id }, at('09:11')).code).toBe(
    'ACTION_NOT_ALLOWED',
  );
});

test('[LEG-2] finished, the visit goes on in the next line under its number, with a wait of its own', () => {
  const { story, ticket } = storyWith('serving');
  story.issue('land', '09:05');
  story.tell('add-leg', { ticketId: ticket.id, serviceId: serviceId('land') }, at('09:10'));
  const events = story.tell('finish', { ...c1, outcome: 'copied', quantity: 3 }, at('09:20'));
  expect(dataOf(events, 'ticket.went-on')).toMatchObject({ outcome: 'copied', quantity: 3, toServiceId: 'land' });
  const next = {
    status: 'waiting',
    serviceId: 'land',
    queuedAt: at('09:20'),
    calledAt: null,
    number: 'A001',
    legs: [],
  };
  expect(story.ticket(ticket.id)).toMatchObject(next);
  expect(story.callNext('c1', '09:21').number).toBe('B001');
  story.tell('miss', c1, at('09:22'));
  expect(story.callNext('c1', '09:23')).toMatchObject({ number: 'A001', why: { waitedMs: 180_000 } });
  story.tell('start', c1, at('09:24'));
  expect(typesOf(story.tell('finish', { ...c1, outcome: null }, at('09:25')))).toEqual(['ticket.finished']);
});

test('[LEG-2] [CALL-5] calling the next one sends the visitor on, too', () => {
  const story = new Story({ confirmsArrival: false, callNextFinishes: true }).openDay().openCounter();
  const { id } = story.issue('tax', '09:00', 'elderly');
  story.issue('tax', '09:01');
  story.callNext('c1', '09:02');
  story.tell('add-leg', { ticketId: id, serviceId: serviceId('birth') }, at('09:03'));
  expect(typesOf(story.tell('call-next', c1, at('09:04')))).toEqual(['ticket.went-on', 'ticket.called']);
  expect(story.ticket(id)).toMatchObject({ status: 'waiting', serviceId: 'birth', priority: priorityId('elderly') });
});

test('[LIFE-4] how many of the same were done is noted, one where nothing is said', () => {
  const quantityOf = (quantity?: number) => {
    const { story } = storyWith('serving');
    const data = { ...c1, outcome: null, ...(quantity && { quantity }) };
    return dataOf(story.tell('finish', data, at('09:10')), 'ticket.finished').quantity;
  };
  expect([quantityOf(), quantityOf(1), quantityOf(7)]).toEqual([undefined, undefined, 7]);
});

test('[NOTE-1] a note stands with the ticket until it is another or taken away', () => {
  const { story, ticket } = storyWith('waiting');
  const noted = (note: string | null) => {
    story.tell('note-ticket', { ticketId: ticket.id, note }, at('09:10'));
    return story.ticket(ticket.id).note;
  };
  expect([noted('speaks slowly'), noted('wheelchair'), noted(null)]).toEqual(['speaks slowly', 'wheelchair', null]);
  const done = storyWith('done');
  expect(done.story.refusal('note-ticket', { ticketId: done.ticket.id, note: 'x' }, at('09:10')).code).toBe(
    'ACTION_NOT_ALLOWED',
  );
});
