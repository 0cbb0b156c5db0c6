import { expect, test } from 'vitest';
import { agent, agentId, at, counterId, manager, Story, storyWith } from './story.ts';

const c1 = { counterId: counterId('c1') };
const c2 = { counterId: counterId('c2') };
const lunch = { ...c1, reason: 'lunch' };

test('[COUNTER-1] a counter is opened for an agent and is then theirs alone', () => {
  const story = new Story().openDay();
  const [event] = story.tell('open-counter', { ...c1, agentId: agentId('adi') }, at('08:00'), agent('adi'));
  expect(event).toMatchObject({ type: 'counter.opened', data: { counterId: 'c1', agentId: 'adi' } });
  expect(story.hall.counters.get(c1.counterId)).toEqual({
    id: 'c1',
    agentId: 'adi',
    status: 'open',
    pauseReason: null,
    since: at('08:00'),
    ticketId: null,
    lastCallAt: null,
    lastAct: null,
  });
  for (const by of ['adi', 'budi']) {
    expect(story.refusal('open-counter', { ...c1, agentId: agentId(by) }, at('08:01'), agent(by))).toEqual({
      code: 'COUNTER_ALREADY_OPEN',
      details: { counterId: 'c1', agentId: 'adi' },
    });
  }
});

test('[COUNTER-1] a counter that the hall does not have cannot be opened', () => {
  const story = new Story().openDay();
  expect(story.refusal('open-counter', { counterId: counterId('c9'), agentId: agentId('adi') }, at('08:00'))).toEqual({
    code: 'COUNTER_UNKNOWN',
    details: { counterId: 'c9' },
  });
});

test('[COUNTER-2] an agent is at one counter at a time', () => {
  const story = new Story().openDay().openCounter('c1', 'adi');
  expect(story.refusal('open-counter', { ...c2, agentId: agentId('adi') }, at('08:01'))).toEqual({
    code: 'AGENT_AT_OTHER_COUNTER',
    details: { counterId: 'c1', agentId: 'adi' },
  });
  story.tell('close-counter', c1, at('08:02'));
  story.openCounter('c2', 'adi', '08:03');
  expect([...story.hall.counters.keys()]).toEqual(['c2']);
});

test('[COUNTER-3] a break has its reason and its beginning, and ends again', () => {
  const story = new Story().openDay().openCounter();
  story.tell('pause-counter', lunch, at('12:00'), agent('adi'));
  const paused = { status: 'paused', pauseReason: 'lunch', since: at('12:00') };
  expect(story.hall.counters.get(c1.counterId)).toMatchObject(paused);
  story.tell('resume-counter', c1, at('12:30'), agent('adi'));
  const resumed = { status: 'open', pauseReason: null, since: at('12:30') };
  expect(story.hall.counters.get(c1.counterId)).toMatchObject(resumed);
});

test('[COUNTER-3] during a break nobody is called, and no second break begins', () => {
  const story = new Story().openDay().openCounter();
  const { id } = story.issue('tax', '09:00');
  story.tell('pause-counter', lunch, at('12:00'));
  const refused = { code: 'COUNTER_PAUSED', details: { counterId: 'c1' } };
  expect(story.refusal('call-next', c1, at('12:01'))).toEqual(refused);
  expect(story.refusal('call-ticket', { ...c1, ticketId: id }, at('12:01'))).toEqual(refused);
  expect(story.refusal('pause-counter', lunch, at('12:01'))).toEqual(refused);
});

test('[COUNTER-3] no break begins with a visitor at the desk, none ends that has not begun', () => {
  for (const status of ['called', 'serving'] as const) {
    const { story, ticket } = storyWith(status);
    expect(story.refusal('pause-counter', lunch, at('12:00'))).toEqual({
      code: 'COUNTER_BUSY',
      details: { counterId: 'c1', ticketId: ticket.id },
    });
  }
  const story = new Story().openDay().openCounter();
  expect(story.refusal('resume-counter', c1, at('12:00'))).toEqual({
    code: 'COUNTER_NOT_PAUSED',
    details: { counterId: 'c1' },
  });
});

test('[COUNTER-4] at a counter that is closed nothing can be done', () => {
  const story = new Story().openDay();
  const codes = [
    story.refusal('pause-counter', lunch, at('09:00')),
    story.refusal('resume-counter', c1, at('09:00')),
    story.refusal('close-counter', c1, at('09:00')),
    story.refusal('call-next', c1, at('09:00')),
    story.refusal('call-ticket', { ...c1, ticketId: 'x' as never }, at('09:00')),
    story.refusal('recall', c1, at('09:00')),
    story.refusal('start', c1, at('09:00')),
    story.refusal('finish', { ...c1, outcome: null }, at('09:00')),
    story.refusal('miss', c1, at('09:00')),
  ];
  expect(codes).toEqual(Array(9).fill({ code: 'COUNTER_NOT_OPEN', details: { counterId: 'c1' } }));
});

test('[COUNTER-4] another agent may do nothing at a counter, a manager everything', () => {
  const { story, ticket } = storyWith('called');
  const other = agent('budi');
  const codes = [
    story.refusal('pause-counter', lunch, at('09:10'), other),
    story.refusal('resume-counter', c1, at('09:10'), other),
    story.refusal('close-counter', c1, at('09:10'), other),
    story.refusal('call-next', c1, at('09:10'), other),
    story.refusal('call-ticket', { ...c1, ticketId: ticket.id }, at('09:10'), other),
    story.refusal('recall', c1, at('09:10'), other),
    story.refusal('start', c1, at('09:10'), other),
    story.refusal('finish', { ...c1, outcome: null }, at('09:10'), other),
    story.refusal('miss', c1, at('09:10'), other),
  ];
  expect(codes).toEqual(Array(9).fill({ code: 'NOT_YOUR_COUNTER', details: { counterId: 'c1' } }));
  story.tell('recall', c1, at('09:10'), manager);
  story.tell('start', c1, at('09:11'), agent('adi'));
  story.tell('finish', { ...c1, outcome: null }, at('09:12'), { kind: 'administrator', staffId: agentId('root') });
  story.tell('close-counter', c1, at('09:13'), manager);
});

test('[COUNTER-5] a counter closes when its visitor is finished with, also from a break', () => {
  for (const status of ['called', 'serving'] as const) {
    const { story, ticket } = storyWith(status);
    expect(story.refusal('close-counter', c1, at('09:10'))).toEqual({
      code: 'COUNTER_BUSY',
      details: { counterId: 'c1', ticketId: ticket.id },
    });
  }
  const { story } = storyWith('done');
  story.tell('pause-counter', lunch, at('12:00'));
  const [event] = story.tell('close-counter', c1, at('12:01'), agent('adi'));
  expect(event).toMatchObject({ type: 'counter.closed', data: { counterId: 'c1' } });
  expect(story.hall.counters.size).toBe(0);
});
