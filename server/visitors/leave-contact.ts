import { type ContactPorts, keepContact } from './contact-store.ts';
import { contactTerms, type ContactRefusal } from './contact-terms.ts';
import type { Visit } from './find-visit.ts';

/** Keeps a number that the visitor agreed to leave. @returns why it was not kept; `null`: it was */
export const leaveContact = async (
  ports: ContactPorts,
  visit: Visit,
  phone: string,
): Promise<ContactRefusal | null> => {
  const terms = contactTerms(visit);
  if (typeof terms === 'string') return terms;
  const { branch, ticketId, ticket } = visit;
  await keepContact(ports, {
    ...{ branchId: branch.id, ticketId, phone, eraseAfter: terms.until },
    language: ticket?.language ?? branch.setup.languages[0] ?? 'en',
  });
  return null;
};
