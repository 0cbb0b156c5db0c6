import { decide } from '@antrean/shared/domain/decide.ts';
import type { CommandId } from '@antrean/shared/domain/ids.ts';
import { leftTakenBackToldMs } from '@antrean/shared/domain/left-taken-back.ts';
import { isInTime } from '@antrean/shared/domain/rejoin.ts';
import { isOpen, type Ticket } from '@antrean/shared/domain/ticket.ts';
import type { VisitView } from '@antrean/shared/protocol/visitors.ts';
import type { HttpPorts } from '../http/ports.ts';
import { standingOf } from '../http/ticket-standing.ts';
import { answerTerms } from './answer-terms.ts';
import { contactTerms } from './contact-terms.ts';
import type { Visit } from './find-visit.ts';

/** What whoever has the link may know of the visit: their own place. Throws what Postgres throws. */
export const visitView = async (ports: HttpPorts, visit: Visit): Promise<VisitView> => {
  const { branch, ticket, number } = visit;
  const { hall, setup } = branch;
  const at = ports.clock.now();
  const ofHall = { at, hall: { ...setup.name }, zone: setup.zone, languages: [...setup.languages] };
  if (!ticket) {
    const language = setup.languages[0] ?? 'en';
    return { ...ofHall, language, number, status: 'over', mayLeave: false, mayRejoin: false };
  }
  const service = setup.services.get(ticket.serviceId);
  const counter = ticket.counterId === null ? undefined : setup.counters.get(ticket.counterId);
  const { rejoin, moreTime } = setup.rules;
  const terms = contactTerms(visit);
  const asked = answerTerms(visit, at);
  const takeBackMs = takeBackMsOf(visit, ticket, at);
  const legs = ticket.legs.flatMap(({ serviceId }) => {
    const name = setup.services.get(serviceId)?.name;
    return name ? [{ ...name }] : [];
  });
  return {
    ...ofHall,
    language: ticket.language,
    number,
    ...(service && { service: { ...service.name } }),
    status: statusOf(visit, ticket),
    ...(ticket.status === 'called' && { recalls: ticket.recalls }),
    ...(await standingOf(ports, hall, ticket)),
    ...(counter && { counter: { number: counter.number, ...(counter.area && { area: { ...counter.area } }) } }),
    // What has ended leads nowhere any more.
    ...(legs.length > 0 && isOpen(ticket.status) && { legs }),
    // Who is served leaves the desk, not the line.
    mayLeave: isOpen(ticket.status) && ticket.status !== 'serving',
    ...(takeBackMs > 0 && { takeBackMs }),
    mayRejoin:
      ticket.status === 'missed' &&
      rejoin !== undefined &&
      (rejoin.late !== 'no-show' || isInTime(hall, ticket, rejoin, at)),
    ...(ticket.hold?.byVisitor && ticket.status === 'held' && { postponedUntil: ticket.hold.until }),
    ...(moreTime &&
      ticket.status === 'waiting' && {
        moreTime: {
          minutes: Math.round(moreTime.forMs / 60_000),
          left: Math.max(0, moreTime.times - ticket.postponed),
        },
      }),
    ...(typeof asked === 'object' && { survey: asked.survey }),
    ...(typeof terms === 'object' && { contactUntil: terms.until }),
  };
};

/** Who did not leave is not told so: their ticket ended with the day of its hall, or the staff cancelled it. */
const statusOf = ({ branch: { hall } }: Visit, { status, left }: Ticket): string => {
  if (status !== 'cancelled' || left !== null) return status;
  return hall.day?.isOpen ? 'withdrawn' : 'over';
};

/** How long its visitor is told that leaving can be taken back, ms; 0: it would be refused (UNDO-2). */
const takeBackMsOf = ({ branch: { hall, setup } }: Visit, { id, left, endedAt }: Ticket, at: number): number => {
  if (!left || endedAt === null || at >= endedAt + leftTakenBackToldMs) return 0;
  const sender = { commandId: id as string as CommandId, actor: { kind: 'visitor' } } as const;
  const { accepted } = decide(hall, setup, { type: 'take-back-ticket', ticketId: id, ...sender }, at);
  return accepted ? endedAt + leftTakenBackToldMs - at : 0;
};
