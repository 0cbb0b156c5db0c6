import type { AnsweredTicket } from '@antrean/shared/protocol/commands.ts';
import { act, callNext, closeDesk, type Desk, openDesk } from './agent.ts';
import { isOver, noteRefusal, type VisitNote } from './journal.ts';
import { settle } from './settle.ts';
import type { Presence } from './presences.ts';
import type { Stage } from './stage.ts';

/** Looks again after so long even if no bell rang: somebody else may have put a visitor into the line. */
const longestIdleMs = 2_000;

/**
 * An agent's time at a counter: opens it, calls whoever is next as long as the presence lasts, serves each for as long as
 * the record has that visitor served, and closes it. Calls at least once, however short the presence is.
 */
export const replayPresence = async (stage: Stage, presence: Presence): Promise<void> => {
  const { clock, bell, signal, journal } = stage;
  await clock.until(presence.from, signal);
  const counter = stage.hall.counters[presence.counter];
  if (!counter) {
    journal.agentsWithoutCounter += 1;
    return;
  }
  const desk: Desk = { api: stage.staff, counterId: counter.id, agentId: agentIdOf(presence.agent) };
  // The recorded second from which the agent is free. A service is reckoned from there and not from the answer to the
  // call: else every answer would cost the agent time, at high speed more than there is, and lines would only grow.
  // An agent who was held up at the counter before begins as the record has it, and catches up.
  let freeFrom = presence.to === untilNobodyWaits ? clock.now() : presence.from;
  const opened = await openDesk(desk);
  if (opened !== 'open') return noteRefusal(journal, opened);
  let calls = 0;
  let goesOn = true;
  let unfinished: VisitNote | null = null;
  try {
    while (!signal.aborted && (goesOn || freeFrom < presence.to)) {
      const heard = bell.rings;
      const call = await callNext(desk, stage.idOf('call', presence.agent, presence.from, presence.counter, calls));
      if (call.kind === 'refused') return noteRefusal(journal, call.code);
      // Where one press is all, this one has ended the visit before, unless there was nobody to call.
      if (unfinished && call.kind === 'called') await noteFinished(stage, unfinished, call.answer.finished?.id);
      else if (unfinished) await finish(stage, desk, unfinished);
      unfinished = null;
      if (call.kind === 'called') {
        calls += 1;
        goesOn = presence.to === untilNobodyWaits;
        const served = await serve(stage, desk, call.ticket, freeFrom);
        freeFrom = served.until;
        unfinished = served.unfinished;
      } else if (presence.to === untilNobodyWaits) {
        return;
      } else if (bell.rings === heard) {
        const leftMs = ((presence.to - clock.now()) / clock.speed) * 1_000;
        goesOn = await bell.wait(counter.serves, Math.min(leftMs, longestIdleMs), signal);
        freeFrom = clock.now();
      } else {
        goesOn = true;
        freeFrom = clock.now();
      }
    }
  } finally {
    if (unfinished) await finish(stage, desk, unfinished);
    await closeDesk(desk);
  }
};

/** A presence that ends when the lines of the counter are empty. */
const untilNobodyWaits = -1;

/** After the last agent has gone: one goes from counter to counter until nobody waits, as the last one in a hall does. */
export const replayOvertime = async (stage: Stage): Promise<void> => {
  for (const counter of stage.hall.counters.keys()) {
    if (stage.signal.aborted || !stage.journal.notes.some(({ state }) => state === 'waiting')) return;
    await replayPresence(stage, { agent: 'last', from: 0, to: untilNobodyWaits, counter });
  }
};

interface Served {
  /** The recorded second from which the agent is free again. */
  readonly until: number;
  /** Who is still at the counter: where one press is all, the next call ends the visit. */
  readonly unfinished: VisitNote | null;
}

const serve = async (stage: Stage, desk: Desk, ticket: AnsweredTicket, from: number): Promise<Served> => {
  const note = stage.journal.byTicket.get(ticket.id);
  if (!note) {
    stage.journal.foreign += 1;
    await act(desk, 'start');
    await act(desk, 'finish');
    return { until: stage.clock.now(), unfinished: null };
  }
  note.waitedMs = ticket.waitedMs ?? 0;
  if (!isOver(note)) note.state = 'called';
  const until = Math.max(from, note.visit.arrivedAt) + stage.serviceSecondsOf(note.visit);
  if (!stage.hall.isOnePress) {
    const started = await act(desk, 'start', {}, stage.idOf('start', ticket.id));
    // Gone between the call and the counter, or over since a run before this one.
    if (started.kind === 'refused') {
      await settle(stage, note);
      return { until: from, unfinished: null };
    }
  }
  if (!isOver(note)) note.state = 'serving';
  // When the replay is ended early the visit is finished at once.
  await stage.clock.until(until, stage.signal).catch(() => {});
  if (stage.hall.isOnePress) return { until, unfinished: note };
  await finish(stage, desk, note);
  return { until, unfinished: null };
};

const finish = async (stage: Stage, desk: Desk, note: VisitNote): Promise<void> => {
  const finished = await act(desk, 'finish', {}, stage.idOf('finish', note.ticketId));
  if (finished.kind === 'refused') await settle(stage, note);
  else note.state = 'done';
};

/** A call ended a visit: this one, or none when it had ended before. */
const noteFinished = async (stage: Stage, note: VisitNote, finishedId: string | undefined): Promise<void> => {
  if (finishedId === note.ticketId) note.state = 'done';
  else await settle(stage, note);
};

/** As the API wants ids, and in no other agent's way. */
const agentIdOf = (agent: string): string => `replay-${agent.replaceAll(/[^A-Za-z0-9-]/g, '-').slice(0, 57)}`;
