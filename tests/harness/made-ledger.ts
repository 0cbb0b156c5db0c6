import { seeded } from '@antrean/server/rehearsal/seeded.ts';
import type { Actor, HallEvent } from '@antrean/shared/domain/events.ts';
import type { CounterId, PriorityId, ServiceId, StaffId } from '@antrean/shared/domain/ids.ts';
import { parseNumber } from '@antrean/shared/domain/numbers.ts';
import { type Asked, openWhatIfHall } from '@antrean/shared/domain/what-if/what-if-hall.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';

export interface MadeLedger {
  readonly blueprint: Blueprint;
  readonly seed: number;
  /** `YYYY-MM-DD` of each day, in order. */
  readonly dates: readonly string[];
  /** About so many, between 08:00 and 15:00 UTC. */
  readonly ticketsADay: number;
  /** Counters that are open, the first ones of the blueprint. */
  readonly counters: number;
  /** The last day is not over: who waits then still waits. */
  readonly isLastOpen?: boolean;
}

const stepMs = 10_000;
const openMs = 7 * 3_600_000;

/**
 * The events of days that never were, decided by the hall's own rules in a time of their own: people come, wait, leave,
 * miss their calls and come back; agents call, serve, send on, set aside and take back what they did.
 */
export const madeLedger = ({ blueprint, seed, dates, ticketsADay, counters, isLastOpen }: MadeLedger): HallEvent[] => {
  const chance = seeded(seed);
  const setup = setupOfBlueprint(blueprint);
  const events: HallEvent[] = [];
  const { hall, send } = openWhatIfHall(setup.branchId, 1, setup, (event) => events.push(event));
  const services = blueprint.services.map(({ id }) => id as ServiceId);
  const desks = blueprint.counters.slice(0, counters).map(({ id }, index) => ({
    counterId: id as CounterId,
    actor: { kind: 'agent', staffId: `agent-${index + 1}` as StaffId } satisfies Actor,
    until: 0,
  }));
  const weights = new Map(services.map((id, index) => [id, 1 / (1 + index)]));
  const aService = (): ServiceId => chance.pick(services, (id) => weights.get(id) ?? 0)!;
  const aPriority = (): PriorityId | null =>
    chance.happens(0.15) ? ((blueprint.priorities[0]?.id ?? null) as PriorityId | null) : null;

  const atDesk = (desk: (typeof desks)[number], at: number): void => {
    const { counterId, actor } = desk;
    const act = (asked: Asked): boolean => typeof send(asked, at, { actor }) !== 'string';
    const ticketId = hall.counters.get(counterId)?.ticketId;
    const ticket = ticketId ? hall.tickets.get(ticketId) : undefined;
    if (!ticket) {
      // Agents pick by hand only where their hall lets them.
      const wanted = chance.happens(0.04) && [...hall.tickets.values()].findLast(({ status }) => status === 'waiting');
      const isCalled = wanted
        ? typeof send({ type: 'call-ticket', counterId, ticketId: wanted.id, reason: 'asked for' }, at) !== 'string'
        : act({ type: 'call-next', counterId });
      if (isCalled) desk.until = at + chance.between(5_000, 90_000);
      return;
    }
    if (at < desk.until) {
      if (ticket.status === 'called' && chance.happens(0.05)) act({ type: 'recall', counterId });
      return;
    }
    if (ticket.status === 'called') {
      if (chance.happens(0.1)) act({ type: 'miss', counterId });
      else if (act({ type: 'start', counterId })) desk.until = at + 30_000 + chance.gap(240_000);
      return;
    }
    if (chance.happens(0.005)) return void act({ type: 'cancel-ticket', ticketId: ticket.id });
    const to = { serviceId: aService(), reservedFor: null, note: null, comesBack: false };
    if (chance.happens(0.08)) act({ type: 'transfer-ticket', ticketId: ticket.id, ...to });
    else if (chance.happens(0.06)) act({ type: 'park', counterId });
    else if (chance.happens(0.04)) act({ type: 'add-leg', ticketId: ticket.id, serviceId: aService() });
    else act({ type: 'finish', counterId, outcome: chance.happens(0.2) ? 'refused' : null });
    if (chance.happens(0.05)) act({ type: 'undo', counterId });
  };
  const aside = (at: number): void => {
    for (const { id, status } of [...hall.tickets.values()]) {
      const visitor = { actor: { kind: 'visitor' } } as const;
      if (status === 'waiting' && chance.happens(0.0008)) send({ type: 'cancel-ticket', ticketId: id }, at, visitor);
      else if (status === 'missed' && chance.happens(0.02)) send({ type: 'rejoin-ticket', ticketId: id }, at, visitor);
      else if (status === 'parked' && chance.happens(0.05)) send({ type: 'return-ticket', ticketId: id }, at);
      else if (status === 'cancelled' && chance.happens(0.01)) send({ type: 'take-back-ticket', ticketId: id }, at);
    }
  };

  for (const date of dates) {
    const begins = Date.parse(`${date}T08:00:00Z`);
    send({ type: 'open-day', date }, begins);
    for (const desk of desks) {
      const { counterId, actor } = desk;
      send({ type: 'open-counter', counterId, agentId: actor.staffId }, begins, { actor });
      desk.until = 0;
    }
    for (let at = begins; at < begins + openMs; at += stepMs) {
      if (chance.happens((ticketsADay * stepMs) / openMs)) {
        const channel = chance.happens(0.2) ? 'phone' : 'kiosk';
        const asked = { serviceId: aService(), priority: aPriority(), channel, language: null } as const;
        send({ type: 'issue-ticket', ...asked }, at, { actor: { kind: 'kiosk' } });
        const last = [...hall.tickets.values()].at(-1);
        if (last && chance.happens(0.02)) {
          const { prefix, value } = parseNumber(last.number);
          send({ type: 'void-tickets', prefix, from: value, to: value }, at);
        }
      }
      for (const desk of desks) atDesk(desk, at);
      aside(at);
    }
    if (!isLastOpen || date !== dates.at(-1)) send({ type: 'close-day' }, begins + openMs);
  }
  return events;
};
