import { catalogueFor } from '@antrean/shared/locales/translate.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import type { ExpectedWaitView } from '@antrean/shared/protocol/waits.ts';
import { momentText } from '@antrean/shared/views/date-text.ts';
import { sayIn } from '../http/send-problem.ts';
import { rangeOf } from '../visitors/page-parts.ts';
import type { TicketTexts } from './lay-ticket.ts';

export interface PaperTicket {
  readonly setup: Pick<BranchSetup, 'name' | 'zone' | 'languages' | 'services'>;
  readonly ticket: Pick<Ticket, 'number' | 'serviceId' | 'language' | 'issuedAt'>;
  /** Absent: not known, or it waits no more. */
  readonly ahead?: number;
  readonly expected?: ExpectedWaitView;
  readonly link: string;
  readonly isCopy: boolean;
}

/** The words of a ticket: the visitor's language first, the hall's own second where that is another (PAPER-1). */
export const ticketTexts = (printed: PaperTicket): TicketTexts => {
  const { setup, ticket, ahead, expected, link, isCopy } = printed;
  const home = setup.languages[0] ?? 'en';
  const languages = [...new Set([ticket.language ?? home, home])];
  const voices = languages.map((language) => sayIn(catalogueFor(language)));
  const inEach = (name: Readonly<Record<string, string>>): string[] => [
    ...new Set(languages.map((language) => name[language] ?? name[home] ?? Object.values(name)[0] ?? '')),
  ];
  const service = setup.services.get(ticket.serviceId);
  return {
    ...(isCopy && { copy: [voices.map((say) => say('paper.copy')).join(' · ')] }),
    hall: inEach(setup.name)[0] ?? '',
    services: service ? inEach(service.name) : [],
    number: ticket.number,
    standing: voices
      .map((say) => [
        ...(ahead === undefined ? [] : [say('paper.ahead', { count: ahead })]),
        ...(expected ? [`${say('visit.wait')}: ${rangeOf(expected, say)}`] : []),
      ])
      .filter(({ length }) => length > 0),
    issued: momentText(voices[0]!, setup.zone, ticket.issuedAt),
    link,
    next: voices.map((say) => say('paper.next')),
    footer: [voices[0]!('paper.footer')],
  };
};
