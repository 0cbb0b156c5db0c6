import { awayAfterSeconds } from '@antrean/server/rehearsal/presences.ts';
import type { RecordedFile, RecordedVisit } from '@antrean/server/rehearsal/recorded-day.ts';
import { recordedDesk } from '@antrean/server/rehearsal/recorded-desk.ts';
import type { Actor, HallEvent } from '@antrean/shared/domain/events.ts';
import type { CommandId, CounterId, PriorityId, ServiceId, StaffId, TicketId } from '@antrean/shared/domain/ids.ts';
import { openWhatIfHall, type WhatIfHall } from '@antrean/shared/domain/what-if/what-if-hall.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';

const manager: Actor = { kind: 'manager', staffId: 'recorder' as StaffId };

type Ask = (at: number) => ReturnType<WhatIfHall['send']>;

/** Within one second: whoever is done goes, counters open, people come, are called, and leave at once, counters close. */
const ms = { ends: 0, opens: 1, comes: 2, called: 3, goes: 4, closes: 5 } as const;

/** Who served whom from when to when, in seconds. */
interface Serving {
  readonly visit: RecordedVisit;
  readonly agent: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Agents by number, those whom the record does not name too. One who is recorded to serve two at once is two, and nobody
 * is served before they came (the record has that by a second).
 */
const servingsOf = (visits: readonly RecordedVisit[]): Serving[] => {
  const names: string[] = [];
  const freeFrom: number[] = [];
  const inOrder = visits.filter(({ served }) => served).sort((a, b) => a.served!.servedAt - b.served!.servedAt);
  return inOrder.map((visit) => {
    const { servedAt, serviceSeconds, agent: named } = visit.served!;
    const name = named ?? '';
    const from = Math.max(servedAt, visit.arrivedAt);
    const known = names.findIndex((other, index) => other === name && freeFrom[index]! <= from);
    const agent = known === -1 ? names.push(name) - 1 : known;
    freeFrom[agent] = from + serviceSeconds;
    return { visit, agent, from, to: from + serviceSeconds };
  });
};

/** A hall of the record with a counter for each agent: nobody stands in another's way. */
export const deskOfAgents = (record: RecordedFile): Blueprint => {
  const { blueprint } = recordedDesk(record);
  const [counter] = blueprint.counters;
  const agents = Math.max(
    ...[...record.days.values()].flatMap((visits) => servingsOf(visits).map((each) => each.agent)),
  );
  const counters = Array.from({ length: agents + 1 }, (_, index) => ({
    ...counter!,
    id: `counter-${index + 1}`,
    number: index + 1,
  }));
  return { ...blueprint, counters };
};

/**
 * A recorded day as the ledger of its hall, in the record's own time: everybody comes, is called by hand, is served and
 * leaves at the recorded second, and an agent is there as in a replay.
 */
export const ledgerOfRecord = (visits: readonly RecordedVisit[], desk: Blueprint, date: string): HallEvent[] => {
  const setup = setupOfBlueprint(desk);
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const events: HallEvent[] = [];
  const { send } = openWhatIfHall(setup.branchId, 1, setup, (event) => events.push(event));
  const actions: { readonly at: number; readonly ask: Ask }[] = [];
  const plan = (second: number, offset: number, ask: Ask): void =>
    void actions.push({ at: midnight + second * 1_000 + offset, ask });
  const serviceIds = new Map(desk.services.map(({ id, name }) => [name.en, id as ServiceId]));
  const ticketIdOf = ({ line }: RecordedVisit) =>
    `00000000-0000-4000-8000-${String(line).padStart(12, '0')}` as TicketId;

  for (const visit of visits) {
    const { arrivedAt, waitedSeconds, outcome, service } = visit;
    const ticketId = ticketIdOf(visit);
    const priority = visit.priority === 0 ? null : (`priority-${visit.priority}` as PriorityId);
    const serviceId = serviceIds.get(service)!;
    const asked = { type: 'issue-ticket', serviceId, priority, channel: 'phone', language: null } as const;
    const commandId = ticketId as string as CommandId;
    plan(arrivedAt, ms.comes, (at) => send(asked, at, { actor: manager, commandId }));
    if (outcome === 'served') continue;
    const leaves = waitedSeconds > 0 ? ms.ends : ms.goes;
    plan(arrivedAt + waitedSeconds, leaves, (at) => send({ type: 'cancel-ticket', ticketId }, at));
  }
  const presences: { agent: number; from: number; to: number }[] = [];
  for (const { visit, agent, from, to } of servingsOf(visits)) {
    const counterId = `counter-${agent + 1}` as CounterId;
    const call = { type: 'call-ticket', counterId, ticketId: ticketIdOf(visit), reason: 'recorded' } as const;
    plan(from, ms.called, (at) => send(call, at, { actor: manager }));
    plan(from, ms.called, (at) => send({ type: 'start', counterId }, at));
    plan(to, to > from ? ms.ends : ms.goes, (at) => send({ type: 'finish', counterId, outcome: null }, at));
    const last = presences.findLast((presence) => presence.agent === agent);
    if (last && from - last.to <= awayAfterSeconds) last.to = to;
    else presences.push({ agent, from, to });
  }
  for (const { agent, from, to } of presences) {
    const counterId = `counter-${agent + 1}` as CounterId;
    plan(from, ms.opens, (at) => send({ type: 'open-counter', counterId, agentId: `agent-${agent}` as StaffId }, at));
    plan(to, ms.closes, (at) => send({ type: 'close-counter', counterId }, at));
  }
  send({ type: 'open-day', date }, midnight);
  for (const { at, ask } of actions.sort((a, b) => a.at - b.at)) {
    const answer = ask(at);
    if (typeof answer === 'string') throw new Error(`${new Date(at).toISOString()}: ${answer}`);
  }
  send({ type: 'close-day' }, midnight + 2 * 86_400_000);
  return events;
};
