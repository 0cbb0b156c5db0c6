import { checkCall } from '@antrean/shared/domain/check-call.ts';
import { pickNext } from '@antrean/shared/domain/pick-next.ts';
import type { Ratio } from '@antrean/shared/domain/setup.ts';
import { expect, test } from 'vitest';
import { at, counterId, minutes, type Skills, Story } from './story.ts';

const quick = { callNextFinishes: true, confirmsArrival: false };
const c1 = { counterId: counterId('c1') };

/** Counter 1 serves `tax` with less skill: as if come ten minutes later. */
const weakAtTax: Skills = { later: { c1: { tax: 10 } } };

test('[CALL-8] a service served with less skill goes as if its tickets had come later, and says so', () => {
  const story = new Story(quick, weakAtTax).openDay().openCounter();
  const tax = story.issue('tax', '09:00');
  const land = story.issue('land', '09:09');
  const why = { rule: 'skill', waitedMs: minutes(1), laterMs: minutes(10) };
  expect(story.callNext('c1', '09:10')).toMatchObject({ ticketId: land.id, why });
  expect(story.callNext('c1', '09:10')).toMatchObject({ ticketId: tax.id, why: { rule: 'longest-wait' } });
});

test('[CALL-8] less skill is no more than its minutes, and nothing at another counter', () => {
  const story = new Story(quick, weakAtTax).openDay().openCounter().openCounter('c2', 'budi');
  const first = story.issue('tax', '09:00');
  const second = story.issue('tax', '09:01');
  story.issue('land', '09:11');
  expect(story.callNext('c1', '09:12').ticketId).toBe(first.id);
  expect(story.callNext('c2', '09:12')).toMatchObject({ ticketId: second.id, why: { rule: 'longest-wait' } });
});

test('[CALL-8] head start and skill are on one scale, and the reason names what was needed', () => {
  const story = new Story(quick, weakAtTax).openDay().openCounter();
  story.issue('tax', '09:00');
  const bySkill = story.issue('land', '09:05', 'elderly');
  const byBoth = story.issue('land', '09:25', 'elderly');
  expect(story.callNext('c1', '09:30')).toMatchObject({ ticketId: bySkill.id, why: { rule: 'skill' } });
  expect(story.callNext('c1', '09:30')).toMatchObject({
    ticketId: byBoth.id,
    why: { rule: 'head-start', waitedMs: minutes(5), headStartMs: minutes(20), laterMs: minutes(10) },
  });
});

test('[CALL-8] [CALL-4] whoever waited past the call-by limit goes first, whatever the skill', () => {
  const story = new Story({ ...quick, callByMs: minutes(30) }, weakAtTax).openDay().openCounter();
  const tax = story.issue('tax', '09:00');
  story.issue('land', '09:05');
  expect(story.callNext('c1', '09:31')).toMatchObject({ ticketId: tax.id, why: { rule: 'call-by' } });
});

/** Calls at counter 1, `P` for a ticket with a priority class, while there are enough of both kinds. */
const turns = (ratio: Ratio, calls: number): string => {
  const story = new Story({ ...quick, ratio }).openDay().openCounter();
  for (let index = 0; index < calls; index++) {
    story.issue('tax', '09:00');
    story.issue('land', '09:00', 'elderly');
  }
  return Array.from({ length: calls }, () => {
    const { ticketId, why } = story.callNext('c1', '09:10');
    expect(why).toEqual({ rule: 'ratio', waitedMs: minutes(10), ratio });
    return story.ticket(ticketId).priority ? 'P' : 'N';
  }).join('');
};

test('[CALL-9] a ratio spreads the turns evenly, the first of the day with a priority class', () => {
  expect(turns({ normal: 1, priority: 1 }, 6)).toBe('PNPNPN');
  expect(turns({ normal: 2, priority: 1 }, 9)).toBe('PNNPNNPNN');
  expect(turns({ normal: 3, priority: 2 }, 10)).toBe('PNNPNPNNPN');
  expect(turns({ normal: 1, priority: 3 }, 8)).toBe('PNPPPNPP');
});

test('[CALL-9] within a kind head start and wait decide as ever', () => {
  const story = new Story({ ...quick, ratio: { normal: 1, priority: 1 } }).openDay().openCounter();
  const normal = story.issue('tax', '09:00');
  const infant = story.issue('tax', '09:01', 'infant');
  const elderly = story.issue('tax', '09:10', 'elderly');
  const called = Array.from({ length: 3 }, () => story.callNext('c1', '09:20').ticketId);
  expect(called).toEqual([elderly.id, normal.id, infant.id]);
});

test('[CALL-9] only calls that the ratio decided are turns, and a counter keeps its own until the day is over', () => {
  const ratio = { normal: 1, priority: 1 };
  const story = new Story({ ...quick, ratio, callByMs: minutes(40) }).openDay().openCounter();
  const alone = story.issue('tax', '09:00', 'elderly');
  expect(story.callNext('c1', '09:01')).toMatchObject({ ticketId: alone.id, why: { rule: 'longest-wait' } });
  for (const time of ['09:02', '09:03', '09:05']) {
    story.issue('tax', time, 'elderly');
    story.issue('land', time);
  }
  expect(story.callNext('c1', '09:10').number).toBe('A002');
  story.tell('finish', { ...c1, outcome: null }, at('09:11'));
  story.tell('close-counter', c1, at('09:11'));
  story.openCounter('c1', 'adi', '09:12');
  expect(story.callNext('c1', '09:13').number).toBe('B001');
  // Two past the limit come first, and then it is still the turn of a priority class.
  expect(story.callNext('c1', '09:44')).toMatchObject({ number: 'A003', why: { rule: 'call-by' } });
  expect(story.callNext('c1', '09:44')).toMatchObject({ number: 'B002', why: { rule: 'call-by' } });
  expect(story.callNext('c1', '09:44')).toMatchObject({ number: 'A004', why: { rule: 'ratio' } });
  expect(story.hall.ratioCalls.toArray()).toEqual([['c1', 3]]);
  story.tell('close-day', {}, at('09:50'));
  story.tell('open-day', { date: '2026-08-19' }, at('09:51'));
  expect(story.hall.ratioCalls.size).toBe(0);
});

const helpful: Skills = { helpsAfter: { c2: { land: 15, birth: 5 } } };

test('[CALL-10] a counter nobody waits for helps with what has waited long enough elsewhere', () => {
  const story = new Story(quick, helpful).openDay().openCounter('c2', 'budi');
  const land = story.issue('land', '09:00');
  const birth = story.issue('birth', '09:02');
  expect(story.refusal('call-next', { counterId: counterId('c2') }, at('09:06')).code).toBe('LINE_EMPTY');
  const why = { rule: 'overflow', waitedMs: minutes(5), afterMs: minutes(5) };
  expect(story.callNext('c2', '09:07')).toMatchObject({ ticketId: birth.id, why });
  expect(story.callNext('c2', '09:15')).toMatchObject({ ticketId: land.id, why: { afterMs: minutes(15) } });
});

test('[CALL-10] whoever waits for the counter itself goes before any help', () => {
  const story = new Story({ ...quick, callByMs: minutes(20) }, helpful).openDay().openCounter('c2', 'budi');
  story.issue('land', '09:00');
  const tax = story.issue('tax', '09:59');
  expect(story.callNext('c2', '10:00')).toMatchObject({ ticketId: tax.id, why: { rule: 'longest-wait' } });
});

test('[CALL-10] by hand a counter calls only what it serves itself', () => {
  const story = new Story(quick, helpful).openDay().openCounter('c2', 'budi');
  const { id } = story.issue('land', '09:00');
  const refusal = story.refusal('call-ticket', { counterId: counterId('c2'), ticketId: id }, at('10:00'));
  expect(refusal.code).toBe('SERVICE_NOT_SERVED_HERE');
});

test('[CALL-10] help that the rules give passes the check of the ledger, and help they do not give does not', () => {
  const story = new Story(quick, helpful).openDay().openCounter('c2', 'budi');
  story.issue('land', '09:00');
  const before = story.hall;
  const [event] = story.tell('call-next', { counterId: counterId('c2') }, at('09:15'));
  if (event?.type !== 'ticket.called') throw new Error('nobody was called');
  expect(checkCall(before, story.setup, event)).toBeNull();
  expect(checkCall(before, story.setup, { ...event, at: at('09:14') })?.message).toContain('does not serve');
  const { helpsAfterMs: _, ...c2 } = story.setup.counters.get(counterId('c2'))!;
  const counters = new Map(story.setup.counters).set(c2.id, c2);
  expect(checkCall(before, { ...story.setup, counters }, event)?.message).toContain('does not serve');
});

test('[CALL-7] a call by ratio, skill or as help that gives another reason is found in the ledger', () => {
  const story = new Story({ ...quick, ratio: { normal: 1, priority: 1 } }).openDay().openCounter();
  story.issue('tax', '09:00');
  story.issue('tax', '09:01', 'elderly');
  const before = story.hall;
  const [event] = story.tell('call-next', c1, at('09:15'));
  if (event?.type !== 'ticket.called') throw new Error('nobody was called');
  expect(checkCall(before, story.setup, event)).toBeNull();
  const rules = { ...story.setup.rules, ratio: { normal: 2, priority: 1 } };
  expect(checkCall(before, { ...story.setup, rules }, event)?.message).toContain('2 normal to 1 priority');
  expect(pickNext(before, story.setup, c1.counterId, at('09:15'))?.why).toEqual(event.data.why);
});

test('[CALL-9] [UNDO-1] a turn that is taken back is no turn, and the visit before it has its own reason again', () => {
  const story = new Story({ ...quick, ratio: { normal: 1, priority: 1 } }).openDay().openCounter();
  const alone = story.issue('tax', '09:00');
  story.callNext('c1', '09:00');
  story.issue('tax', '09:01');
  story.issue('tax', '09:02', 'elderly');
  const { ticketId, why } = story.callNext('c1', '09:03');
  expect(story.ticket(ticketId)).toMatchObject({ priority: 'elderly', why });
  story.tell('undo', c1, at('09:03'));
  expect(story.ticket(alone.id)).toMatchObject({ status: 'called', why: { rule: 'longest-wait' } });
  expect(story.ticket(ticketId).why).toBeNull();
  expect(story.callNext('c1', '09:04')).toMatchObject({ ticketId, why: { rule: 'ratio' } });
});
