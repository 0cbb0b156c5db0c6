import { isInTime } from '@antrean/shared/domain/rejoin.ts';
import { isOpen } from '@antrean/shared/domain/ticket.ts';
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
  const { rejoin } = setup.rules;
  const terms = contactTerms(visit);
  const asked = answerTerms(visit, at);
  const legs = ticket.legs.flatMap(({ serviceId }) => {
    const name = setup.services.get(serviceId)?.name;
    return name ? [{ ...name }] : [];
  });
  return {
    ...ofHall,
    language: ticket.language,
    number,
    ...(service && { service: { ...service.name } }),
    status: ticket.status,
    ...(await standingOf(ports, hall, ticket)),
    ...(counter && { counter: { number: counter.number, ...(counter.area && { area: { ...counter.area } }) } }),
    ...(legs.length > 0 && { legs }),
    // Who is served leaves the desk, not the line.
    mayLeave: isOpen(ticket.status) && ticket.status !== 'serving',
    mayRejoin:
      ticket.status === 'missed' &&
      rejoin !== undefined &&
      (rejoin.late !== 'no-show' || isInTime(hall, ticket, rejoin, at)),
    ...(typeof asked === 'object' && { survey: asked.survey }),
    ...(typeof terms === 'object' && { contactUntil: terms.until }),
  };
};
