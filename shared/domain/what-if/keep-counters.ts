import type { CounterState } from '../hall.ts';
import type { CounterId, ServiceId } from '../ids.ts';
import type { RunNotes, VisitFollower } from './follow-visits.ts';
import type { DayPlan, Duty, Presence } from './plan-day.ts';
import type { WhatIfHall } from './what-if-hall.ts';

export interface CounterKeeper {
  readonly perform: (duty: Duty) => void;
  /**
   * Every counter that is free now does what it had put off, or calls whoever is next: the longest idle first.
   *
   * @param lookAtAll whether counters that were idle before may have somebody to call too
   */
  readonly callWhoWaits: (at: number, lookAtAll: boolean) => void;
  readonly notes: () => Pick<RunNotes, 'lateClosings' | 'shorterBreaks'>;
}

/**
 * Opens, pauses and closes counters when they did, and lets those that are free call (WHATIF-1). With a visitor at the
 * desk a break or a closing waits for the end of the visit. The last counter of a service goes on until everybody is
 * called who was called in truth, as people do not go home over a full line.
 */
export const keepCounters = (
  plan: DayPlan,
  { hall, setup, send }: WhatIfHall,
  visits: VisitFollower,
): CounterKeeper => {
  const lastFor = lastServicesOf(plan, setup.counters);
  const present = new Map<CounterId, Presence>();
  const idleSince = new Map<CounterId, number>();
  /** Put off for a visitor at the desk. */
  const breaks = new Map<CounterId, string>();
  const closings = new Set<CounterId>();
  /** Those whose counter, or agent, is not free yet. */
  let openings: Presence[] = [];
  let lateClosings = 0;
  let shorterBreaks = 0;

  const open = (presence: Presence, at: number): boolean => {
    const { counterId, agentId } = presence;
    const events = send({ type: 'open-counter', counterId, agentId }, at);
    if (typeof events === 'string') return false;
    present.set(counterId, presence);
    return true;
  };

  const close = (counterId: CounterId, at: number): void => {
    send({ type: 'close-counter', counterId }, at);
    present.delete(counterId);
    breaks.delete(counterId);
    closings.delete(counterId);
    openings = openings.filter((presence) => !open(presence, at));
  };

  const isBusy = (counterId: CounterId): boolean => Boolean(hall.counters.get(counterId)?.ticketId);
  const mustStay = (counterId: CounterId): boolean => {
    const services = lastFor.get(present.get(counterId)!);
    return services !== undefined && visits.isOwed(services);
  };

  const perform = (duty: Duty): void => {
    const { at } = duty;
    switch (duty.kind) {
      case 'open-day':
        return void send({ type: 'open-day', date: duty.date }, at);
      case 'close-day':
        send({ type: 'close-day' }, at);
        for (const each of [present, idleSince, breaks, closings]) each.clear();
        openings = [];
        return;
      case 'open':
        if (!open(duty.presence, at)) openings.push(duty.presence);
        return;
    }
    const { counterId } = duty.presence;
    if (present.get(counterId) !== duty.presence) {
      if (duty.kind === 'close') openings = openings.filter((presence) => presence !== duty.presence);
    } else if (duty.kind === 'pause') {
      if (isBusy(counterId)) breaks.set(counterId, duty.reason);
      else send({ type: 'pause-counter', counterId, reason: duty.reason }, at);
    } else if (duty.kind === 'resume') {
      // A break that had to wait has ended before it began.
      if (breaks.delete(counterId)) shorterBreaks += 1;
      else send({ type: 'resume-counter', counterId }, at);
    } else if (isBusy(counterId) || (hall.counters.get(counterId)?.status === 'open' && mustStay(counterId))) {
      lateClosings += 1;
      closings.add(counterId);
    } else close(counterId, at);
  };

  /** @returns whether the counter is there to call somebody */
  const doWhatWaits = (counterId: CounterId, at: number): boolean => {
    const reason = breaks.get(counterId);
    if (closings.has(counterId) && !mustStay(counterId)) close(counterId, at);
    else if (reason !== undefined && !closings.has(counterId)) {
      breaks.delete(counterId);
      shorterBreaks += 1;
      send({ type: 'pause-counter', counterId, reason }, at);
    } else return true;
    return false;
  };

  const callNext = ({ id: counterId, agentId }: CounterState, at: number): void => {
    const isResumed = visits.resumeFor(agentId, counterId, at);
    if (isResumed) idleSince.delete(counterId);
    if (isResumed || hall.waiting.size === 0) return;
    const events = send({ type: 'call-next', counterId }, at);
    if (typeof events === 'string') return;
    // Even a visit that takes no time at all ends a rest.
    idleSince.delete(counterId);
    for (const { type, data } of events) if (type === 'ticket.called') visits.called(data.ticketId, at);
  };

  /** Those free, the longest idle first; between two, by their place in the hall. */
  const freeCounters = (at: number): CounterState[] => {
    const free: CounterState[] = [];
    for (const counter of hall.counters.values()) {
      if (counter.ticketId === null && counter.status === 'open') {
        free.push(counter);
        if (!idleSince.has(counter.id)) idleSince.set(counter.id, at);
      } else idleSince.delete(counter.id);
    }
    return free.sort((a, b) => idleSince.get(a.id)! - idleSince.get(b.id)! || (a.id < b.id ? -1 : 1));
  };

  return {
    perform,
    callWhoWaits: (at, lookAtAll) => {
      for (const counter of freeCounters(at)) {
        const isNew = idleSince.get(counter.id) === at;
        const putOff = breaks.has(counter.id) || closings.has(counter.id);
        if (putOff && !doWhatWaits(counter.id, at)) continue;
        if (isNew || lookAtAll || putOff) callNext(counter, at);
      }
    },
    notes: () => ({ lateClosings, shorterBreaks }),
  };
};

/** For which services each presence is the last of the day. */
const lastServicesOf = (
  { duties }: DayPlan,
  counters: WhatIfHall['setup']['counters'],
): ReadonlyMap<Presence, ReadonlySet<ServiceId>> => {
  const last = new Map<ServiceId, Presence>();
  for (const duty of duties) {
    if (duty.kind !== 'open') continue;
    for (const serviceId of counters.get(duty.presence.counterId)?.serves ?? []) {
      const known = last.get(serviceId);
      if (!known || duty.presence.until >= known.until) last.set(serviceId, duty.presence);
    }
  }
  const services = new Map<Presence, Set<ServiceId>>();
  for (const [serviceId, presence] of last) {
    services.set(presence, (services.get(presence) ?? new Set()).add(serviceId));
  }
  return services;
};
