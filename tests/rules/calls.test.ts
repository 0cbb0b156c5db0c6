import { checkCall } from '@antrean/shared/domain/check-call.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { pickNext } from '@antrean/shared/domain/pick-next.ts';
import { expect, test } from 'vitest';
import { agent, at, counterId, minutes, priorityId, serviceId, Story, storyWith, typesOf } from './story.ts';

const c1 = { counterId: counterId('c1') };

test('[CALL-1] call next calls one waiting ticket to the counter, and says so to everybody', () => {
  const story = new Story().openDay().openCounter();
  const ticket = story.issue('tax', '09:00');
  const [event, ...more] = story.tell('call-next', c1, at('09:05'), agent('adi'));
  expect(more).toEqual([]);
  expect(event).toMatchObject({
    type: 'ticket.called',
    data: { ticketId: ticket.id, number: 'A001', serviceId: 'tax', counterId: 'c1', language: 'id' },
    at: at('09:05'),
    actor: { kind: 'agent', staffId: 'adi' },
  });
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'called', counterId: 'c1', calledAt: at('09:05') });
  expect(story.hall.counters.get(c1.counterId)?.ticketId).toBe(ticket.id);
  expect(story.hall.waiting.size).toBe(0);
});

test('[CALL-1] with nobody waiting for this counter nothing is called', () => {
  const story = new Story().openDay().openCounter('c2', 'budi');
  const refused = { code: 'LINE_EMPTY', details: { counterId: 'c2' } };
  expect(story.refusal('call-next', { counterId: counterId('c2') }, at('09:00'))).toEqual(refused);
  story.issue('land', '09:00');
  expect(story.refusal('call-next', { counterId: counterId('c2') }, at('09:01'))).toEqual(refused);
});

test('[CALL-1] only services that the counter serves are called there', () => {
  const story = new Story().openDay().openCounter('c2', 'budi').openCounter('c3', 'citra');
  story.issue('land', '09:00');
  story.issue('birth', '09:01');
  story.issue('tax', '09:02');
  expect(story.callNext('c2', '09:10').number).toBe('A001');
  expect(story.callNext('c3', '09:10').number).toBe('B002');
  expect(pickNext(story.hall, story.setup, counterId('c9'), at('09:10'))).toBeNull();
});

test('[CALL-2] between equal classes the longest wait goes first, over all services of the counter', () => {
  const story = new Story({ callNextFinishes: true, confirmsArrival: false }).openDay().openCounter();
  story.issue('land', '09:00');
  story.issue('tax', '09:01');
  story.issue('birth', '09:02');
  story.issue('tax', '09:03');
  const called = ['09:10', '09:11', '09:12', '09:13'].map((time) => story.callNext('c1', time));
  expect(called.map(({ number }) => number)).toEqual(['B001', 'A001', 'B002', 'A002']);
  expect(called.map(({ why }) => why)).toEqual(
    [10, 10, 10, 10].map((waited) => ({ rule: 'longest-wait', waitedMs: minutes(waited) })),
  );
});

test('[CALL-2] of tickets issued in the same millisecond the one issued first goes first', () => {
  const story = new Story({ callNextFinishes: true, confirmsArrival: false }).openDay().openCounter();
  for (const service of ['tax', 'land', 'birth', 'tax', 'land']) story.issue(service, '09:00');
  const called = Array.from({ length: 5 }, () => story.callNext('c1', '09:10').number);
  expect(called).toEqual(['A001', 'B001', 'B002', 'A002', 'B003']);
});

test('[CALL-3] a priority class goes as if it had come its head start earlier', () => {
  const story = new Story().openDay().openCounter();
  story.issue('tax', '09:00');
  const elderly = story.issue('land', '09:19', 'elderly');
  expect(story.callNext('c1', '09:25')).toMatchObject({
    ticketId: elderly.id,
    why: { rule: 'head-start', waitedMs: minutes(6), headStartMs: minutes(20) },
  });
});

test('[CALL-3] the head start is no more than that: whoever waited longer still goes first', () => {
  const story = new Story().openDay().openCounter();
  const first = story.issue('tax', '09:00');
  story.issue('tax', '09:21', 'elderly');
  expect(story.callNext('c1', '09:25')).toMatchObject({
    ticketId: first.id,
    why: { rule: 'longest-wait', waitedMs: minutes(25) },
  });
});

test('[CALL-3] where head start and wait come to the same the earlier number goes first', () => {
  const story = new Story().openDay().openCounter();
  const first = story.issue('tax', '09:00');
  story.issue('tax', '09:20', 'elderly');
  expect(story.callNext('c1', '09:25').ticketId).toBe(first.id);
});

test('[CALL-3] a class without a head start waits its turn; within a class the first come goes first', () => {
  const story = new Story({ callNextFinishes: true, confirmsArrival: false }).openDay().openCounter();
  story.issue('tax', '09:00');
  story.issue('tax', '09:01', 'infant');
  story.issue('tax', '09:02', 'elderly');
  story.issue('tax', '09:03', 'elderly');
  const called = Array.from({ length: 4 }, () => story.callNext('c1', '09:10').number);
  expect(called).toEqual(['A003', 'A004', 'A001', 'A002']);
});

test('[CALL-3] a class that the set-up no longer has keeps its place without a head start', () => {
  const story = new Story().openDay().openCounter();
  const first = story.issue('tax', '09:00');
  story.issue('tax', '09:01', 'elderly');
  const without = { ...story.setup, priorities: new Map() };
  expect(pickNext(story.hall, without, c1.counterId, at('09:10'))?.ticket.id).toBe(first.id);
});

test('[CALL-4] waiting past the call-by limit goes before any priority', () => {
  const story = new Story({ callByMs: minutes(40) }).openDay().openCounter();
  const patient = story.issue('tax', '09:00');
  story.issue('tax', '09:01', 'elderly');
  expect(pickNext(story.hall, story.setup, c1.counterId, at('09:40'))?.why.rule).toBe('head-start');
  expect(story.callNext('c1', '09:41')).toMatchObject({
    ticketId: patient.id,
    why: { rule: 'call-by', waitedMs: minutes(41) },
  });
});

test('[CALL-4] of several past the limit the longest wait goes first, whatever the class', () => {
  const story = new Story({ callByMs: minutes(40) }).openDay().openCounter();
  const first = story.issue('tax', '09:00');
  story.issue('land', '09:05', 'elderly');
  expect(story.callNext('c1', '10:00')).toMatchObject({ ticketId: first.id, why: { rule: 'call-by' } });
});

test('[CALL-5] where the hall wants it, call next finishes the visit at the counter in the same command', () => {
  const story = new Story({ callNextFinishes: true }).openDay().openCounter();
  const first = story.issue('tax', '09:00');
  const second = story.issue('tax', '09:01');
  story.callNext('c1', '09:02');
  story.tell('start', c1, at('09:03'));
  const events = story.tell('call-next', c1, at('09:10'));
  expect(typesOf(events)).toEqual(['ticket.finished', 'ticket.called']);
  expect(events[0]?.data).toEqual({
    ticketId: first.id,
    number: 'A001',
    serviceId: 'tax',
    counterId: 'c1',
    outcome: null,
  });
  expect(story.ticket(first.id)).toMatchObject({ status: 'done', counterId: null, endedAt: at('09:10') });
  expect(story.hall.counters.get(c1.counterId)?.ticketId).toBe(second.id);
});

test('[CALL-5] nothing is finished when there is nobody to call', () => {
  const story = new Story({ callNextFinishes: true, confirmsArrival: false }).openDay().openCounter();
  const only = story.issue('tax', '09:00');
  story.callNext('c1', '09:02');
  expect(story.refusal('call-next', c1, at('09:10')).code).toBe('LINE_EMPTY');
  expect(story.ticket(only.id).status).toBe('called');
});

test('[CALL-5] otherwise, or before the visitor has arrived, the agent must end the visit by hand', () => {
  const rules = [
    { callNextFinishes: false, confirmsArrival: true, starts: true },
    { callNextFinishes: false, confirmsArrival: false, starts: false },
    { callNextFinishes: true, confirmsArrival: true, starts: false },
  ];
  for (const { starts, ...rest } of rules) {
    const { story, ticket } = storyWith(starts ? 'serving' : 'called', rest);
    const waiting = story.issue('tax', '09:05');
    const busy = { code: 'COUNTER_BUSY', details: { counterId: 'c1', ticketId: ticket.id } };
    expect(story.refusal('call-next', c1, at('09:10'))).toEqual(busy);
    expect(story.refusal('call-ticket', { ...c1, ticketId: waiting.id }, at('09:10'))).toEqual(busy);
  }
});

test('[CALL-6] exactly this ticket is called, out of turn, and the reason says that it was chosen', () => {
  const story = new Story().openDay().openCounter();
  story.issue('tax', '09:00');
  const chosen = story.issue('tax', '09:05');
  const events = story.tell('call-ticket', { ...c1, ticketId: chosen.id, reason: 'asked for' }, at('09:06'));
  expect(events[0]?.data).toMatchObject({
    number: 'A002',
    why: { rule: 'chosen', waitedMs: minutes(1), reason: 'asked for' },
  });
  expect(story.hall.waiting.size).toBe(1);
});

test('[CALL-6] a ticket that is unknown, or of a service that the counter does not serve, is refused', () => {
  const story = new Story().openDay().openCounter('c2', 'budi');
  const land = story.issue('land', '09:00');
  const c2 = { counterId: counterId('c2') };
  expect(story.refusal('call-ticket', { ...c2, ticketId: 'x' as never }, at('09:01'))).toEqual({
    code: 'TICKET_UNKNOWN',
    details: { ticketId: 'x' },
  });
  expect(story.refusal('call-ticket', { ...c2, ticketId: land.id }, at('09:01'))).toEqual({
    code: 'SERVICE_NOT_SERVED_HERE',
    details: { counterId: 'c2', serviceId: 'land' },
  });
});

test('[CALL-7] every call carries its reason and the wait in milliseconds, never less than none', () => {
  const story = new Story().openDay().openCounter();
  const ticket = story.issue('tax', '09:00');
  const earlier = pickNext(story.hall, story.setup, c1.counterId, at('08:59'));
  expect(earlier).toEqual({ ticket, why: { rule: 'longest-wait', waitedMs: 0 } });
  const elderly = story.issue('tax', '09:00', 'elderly');
  expect(elderly.priority).toBe(priorityId('elderly'));
  const { why } = story.callNext('c1', '09:01');
  expect(why).toEqual({ rule: 'head-start', waitedMs: minutes(1), headStartMs: minutes(20) });
});

test('[CALL-12] passing over whoever is next takes a reason, and calling the next one by hand does not', () => {
  const story = new Story({ callNextFinishes: true, confirmsArrival: false }).openDay().openCounter();
  const first = story.issue('tax', '09:00');
  const second = story.issue('tax', '09:01');
  const skip = { ...c1, ticketId: second.id };
  expect(story.refusal('call-ticket', skip, at('09:02'))).toEqual({
    code: 'SKIP_NEEDS_REASON',
    details: { ticketId: second.id, number: 'A002' },
  });
  const before = story.hall;
  const [event] = story.tell('call-ticket', { ...skip, reason: 'in pain' }, at('09:02'));
  if (event?.type !== 'ticket.called') throw new Error('nobody was called');
  expect(event.data.why).toEqual({ rule: 'chosen', waitedMs: minutes(1), reason: 'in pain' });
  expect(checkCall(before, story.setup, event)).toBeNull();
  const silent = { ...event, data: { ...event.data, why: { rule: 'chosen', waitedMs: minutes(1) } as const } };
  expect(checkCall(before, story.setup, silent)?.message).toContain('without a reason');
  story.tell('finish', { ...c1, outcome: null }, at('09:03'));
  const [called] = story.tell('call-ticket', { ...c1, ticketId: first.id }, at('09:03'));
  expect(called?.data).toMatchObject({ number: 'A001', why: { rule: 'chosen', waitedMs: minutes(3) } });
});

test('[CALL-13] an agent calls a ticket of their choice only where the hall lets agents choose', () => {
  for (const agentsMayChoose of [false, true]) {
    const story = new Story({ agentsMayChoose }).openDay().openCounter();
    const { id } = story.issue('tax', '09:00');
    const decision = story.ask('call-ticket', { ...c1, ticketId: id }, at('09:01'), agent('adi'));
    expect(decision.accepted).toBe(agentsMayChoose);
    if (!decision.accepted)
      expect(decision.refusal).toEqual({ code: 'CHOOSING_NOT_ALLOWED', details: { counterId: 'c1' } });
    expect(story.ask('call-ticket', { ...c1, ticketId: id }, at('09:01')).accepted).toBe(true);
  }
});

test('[BLIND-1] where the hall hides its line an agent calls nobody of their choice, and a manager does', () => {
  const story = new Story({ agentsMayChoose: true, hidesLine: true }).openDay().openCounter();
  const { id } = story.issue('tax', '09:00');
  expect(story.refusal('call-ticket', { ...c1, ticketId: id }, at('09:01'), agent('adi'))).toEqual({
    code: 'LINE_IS_HIDDEN',
    details: { counterId: 'c1' },
  });
  expect(story.ask('call-ticket', { ...c1, ticketId: id }, at('09:01')).accepted).toBe(true);
});

test('[CALL-7] [LEG-2] a visitor whom the same command sent on was not waiting yet when it chose', () => {
  const story = new Story({ callNextFinishes: true, confirmsArrival: false }).openDay().openCounter();
  const elderly = story.issue('tax', '09:00', 'elderly');
  story.callNext('c1', '09:01');
  story.tell('add-leg', { ticketId: elderly.id, serviceId: serviceId('land') }, at('09:02'));
  story.issue('tax', '09:05');
  let hall = story.hall;
  const events = story.tell('call-next', c1, at('09:10'));
  expect(typesOf(events)).toEqual(['ticket.went-on', 'ticket.called']);
  for (const event of events) {
    if (event.type === 'ticket.called') expect(checkCall(hall, story.setup, event)).toBeNull();
    hall = evolve(hall, event);
  }
  expect(story.ticket(elderly.id).status).toBe('waiting');
});
