import { floorKeys, floorTouched, floorValue } from '@antrean/shared/views/floor.ts';
import { expect, test } from 'vitest';
import { agent, agentId, at, counterId, manager, Story, storyWith, typesOf } from './story.ts';

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
    takenFrom: null,
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

const takeOver = (by: string, from: string, counter = c1) => ({
  ...counter,
  agentId: agentId(by),
  takeOverFrom: agentId(from),
});

test('[COUNTER-6] taken over, a counter goes on with its visitor and with the other agent', () => {
  for (const status of ['called', 'serving'] as const) {
    const { story, ticket } = storyWith(status);
    const [event, ...more] = story.tell('open-counter', takeOver('budi', 'adi'), at('09:10'), agent('budi'));
    expect(event).toMatchObject({
      type: 'counter.taken-over',
      data: { counterId: 'c1', agentId: 'budi', from: 'adi' },
    });
    expect(more).toEqual([]);
    expect(story.ticket(ticket.id)).toEqual(ticket);
    expect(story.hall.counters.get(c1.counterId)).toMatchObject({
      agentId: 'budi',
      ticketId: ticket.id,
      since: at('09:10'),
      takenFrom: 'adi',
    });
    // What the one did is not the other's to take back, and the one may do nothing there any more.
    expect(story.refusal('undo', c1, at('09:10'), agent('budi')).code).toBe('NOTHING_TO_UNDO');
    const done = status === 'called' ? 'start' : 'finish';
    const what = { ...c1, outcome: null };
    expect(story.refusal(done, what, at('09:11'), agent('adi')).code).toBe('NOT_YOUR_COUNTER');
    story.tell(done, what, at('09:11'), agent('budi'));
  }
});

test('[COUNTER-6] whoever takes over is not on the break of the one before', () => {
  const story = new Story().openDay().openCounter();
  story.tell('pause-counter', lunch, at('12:00'));
  story.tell('open-counter', takeOver('budi', 'adi'), at('12:10'), agent('budi'));
  expect(story.hall.counters.get(c1.counterId)).toMatchObject({ status: 'open', pauseReason: null });
  story.issue('tax', '12:11');
  story.callNext('c1', '12:12');
});

test('[COUNTER-6] nobody is put out unseen: by now another agent has it, or the same one', () => {
  const story = new Story().openDay().openCounter('c1', 'adi').openCounter('c2', 'budi');
  story.tell('open-counter', takeOver('citra', 'adi'), at('09:00'), agent('citra'));
  const refused = { code: 'COUNTER_ALREADY_OPEN', details: { counterId: 'c1', agentId: 'citra' } };
  expect(story.refusal('open-counter', takeOver('dewi', 'adi'), at('09:00'), agent('dewi'))).toEqual(refused);
  expect(story.refusal('open-counter', takeOver('citra', 'citra'), at('09:00'), agent('citra'))).toEqual(refused);
  expect(story.refusal('open-counter', takeOver('budi', 'citra'), at('09:00'), agent('budi'))).toMatchObject({
    code: 'AGENT_AT_OTHER_COUNTER',
    details: { counterId: 'c2' },
  });
});

test('[COUNTER-6] one that was closed meanwhile is opened', () => {
  const story = new Story().openDay();
  expect(typesOf(story.tell('open-counter', takeOver('budi', 'adi'), at('09:00'), agent('budi')))).toEqual([
    'counter.opened',
  ]);
  expect(story.hall.counters.get(c1.counterId)?.takenFrom).toBeNull();
});

test('[COUNTER-9] an agent moves in one act, on a break, too; nobody moves away from a visitor or is moved from elsewhere', () => {
  const story = new Story().openDay().openCounter('c1', 'adi').openCounter('c2', 'budi');
  const move = { counterId: counterId('c3'), agentId: agentId('adi'), moveFrom: c1.counterId };
  story.tell('pause-counter', lunch, at('12:00'));
  expect(typesOf(story.tell('open-counter', move, at('12:10')))).toEqual(['counter.closed', 'counter.opened']);
  expect([...story.hall.counters.keys()].sort()).toEqual(['c2', 'c3']);
  expect(story.hall.counters.get(move.counterId)).toMatchObject({ agentId: 'adi', status: 'open' });
  // By now at another counter than was seen; and busy.
  expect(story.refusal('open-counter', { ...move, ...c1 }, at('12:11'))).toMatchObject({
    code: 'AGENT_AT_OTHER_COUNTER',
    details: { counterId: 'c3' },
  });
  story.issue('tax', '12:12');
  story.callNext('c2', '12:13');
  const busy = { ...c1, agentId: agentId('budi'), moveFrom: counterId('c2') };
  expect(story.refusal('open-counter', busy, at('12:14')).code).toBe('COUNTER_BUSY');
  expect([...story.hall.counters.keys()].sort()).toEqual(['c2', 'c3']);
  // Who has none open simply comes.
  const comes = { ...c1, agentId: agentId('citra'), moveFrom: counterId('c2') };
  expect(typesOf(story.tell('open-counter', comes, at('12:15')))).toEqual(['counter.opened']);
});

test('[COUNTER-7] the desk says from whom it was taken until that agent works again, and says so to every screen', () => {
  const story = new Story().openDay().openCounter();
  /** Carries a take-over or an opening out as screens do: they look again at what was touched, and at nothing else. */
  const told = new Map([...floorKeys(story.hall)].map((key) => [key, floorValue(story.hall, key)]));
  const tell = (data: Parameters<typeof story.tell<'open-counter'>>[1], time: string): void => {
    const before = story.hall;
    for (const event of story.tell('open-counter', data, at(time))) {
      for (const key of floorTouched(event, before)) told.set(key, floorValue(story.hall, key));
    }
    for (const key of floorKeys(story.hall)) expect(told.get(key), key).toEqual(floorValue(story.hall, key));
  };
  const takenFrom = () => (told.get('desk/c1') as { takenFrom?: string }).takenFrom;
  expect(told.get('desk/c1')).not.toHaveProperty('takenFrom');
  tell(takeOver('budi', 'adi'), '09:00');
  expect(takenFrom()).toBe('adi');
  tell({ ...c2, agentId: agentId('adi') }, '09:01');
  expect(takenFrom()).toBeUndefined();
  tell(takeOver('citra', 'adi', c2), '09:02');
  expect(told.get('desk/c2')).toMatchObject({ agentId: 'citra', takenFrom: 'adi' });
  tell(takeOver('adi', 'budi'), '09:03');
  expect(told.get('desk/c2')).not.toHaveProperty('takenFrom');
  expect(takenFrom()).toBe('budi');
});
