import { noteRefusal, type VisitNote } from './journal.ts';
import { settle } from './settle.ts';
import type { Stage } from './stage.ts';
import { leave, takeTicket } from './visitor.ts';

/** A visitor of the record: comes, and goes when the record has them go unless they were called before. */
export const replayVisit = async (stage: Stage, note: VisitNote): Promise<void> => {
  const { visit, ticketId } = note;
  // A run that goes on may find the visitor called before they come: the line is still that of the time before.
  if (note.state === 'to-come') note.state = 'unanswered';
  const serviceId = stage.hall.serviceOf(visit.service);
  const arrival = await takeTicket(stage.visitors, stage.idOf('issue', visit.line), {
    serviceId,
    priority: stage.hall.priorityOf(visit.priority),
  });
  stage.clock.noteDrift(visit.arrivedAt);
  if (arrival.kind === 'refused') {
    note.state = 'refused';
    note.refusal = arrival.code;
    return;
  }
  // An agent's answer may have overtaken this one.
  if (stateOf(note) === 'unanswered') note.state = 'waiting';
  stage.bell.ring(serviceId);
  if (visit.outcome !== 'abandoned') return;
  await stage.clock.until(visit.arrivedAt + visit.waitedSeconds, stage.signal);
  if (stateOf(note) !== 'waiting') return;
  const left = await leave(stage.staff, stage.idOf('leave', ticketId), ticketId);
  if (typeof left === 'string') {
    noteRefusal(stage.journal, left);
    return settle(stage, note);
  }
  note.state = 'cancelled';
};

/** Read anew: others write it while this visitor waits, which the compiler cannot see. */
const stateOf = (note: VisitNote): VisitNote['state'] => note.state;
