import type { CommandId, PriorityId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { Journey, Service } from '@antrean/shared/domain/setup.ts';
import { countOne } from '../access/limiter.ts';
import type { Branch } from '../hall/branch.ts';
import { issueIdOf } from '../hall/derive-command-id.ts';
import type { JoinPorts } from './join-ports.ts';
import type { JoinPage } from './write-join-pages.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Asked {
  readonly branch: Branch;
  /** A service, or a journey through several. */
  readonly wanted: Service | Journey;
  /** The phone, as a code that names nobody. */
  readonly takenWith: string;
  readonly page: JoinPage;
  /** What the form sent. */
  readonly form: unknown;
  readonly address: string;
}

/** What came of it: a ticket, or why there is none, in words. */
export type Taken =
  | { readonly kind: 'ticket'; readonly ticketId: TicketId }
  | {
      readonly kind: 'none';
      readonly status: 409 | 429 | 503;
      readonly notice: string;
      readonly priority: string;
      readonly waitSeconds?: number;
      /** Under which id it has to be asked for again: it may have been done. */
      readonly repeats?: CommandId;
    };

/** Takes a ticket with a phone, one for a form however often it is sent (JOIN-4), and not too many (JOIN-5). */
export const takeTicket = async (ports: JoinPorts, asked: Asked): Promise<Taken> => {
  const { branch, wanted, takenWith, page, address } = asked;
  const { commandId, priority } = formOf(asked.form);
  const { say, language } = page;
  const none = { kind: 'none', priority } as const;
  if (!uuid.test(commandId)) return { ...none, status: 409, notice: say('join.sendAgain') };
  const waitSeconds = (await countOne(ports.ofPhone, takenWith)) || (await countOne(ports.ofAddress, address));
  if (waitSeconds > 0) {
    return { ...none, status: 429, waitSeconds, notice: say('refusal.TOO_MANY_TRIES', { waitSeconds }) };
  }
  // Of this phone alone: whoever repeats the id of somebody else's form does not get the link of their ticket (LINK-2).
  const ledgerId = issueIdOf(branch.id, commandId as CommandId, takenWith);
  const outcome = await ports.halls.run(branch.id, {
    type: 'issue-ticket',
    commandId: ledgerId,
    actor: { kind: 'visitor' },
    ...('steps' in wanted ? { journeyId: wanted.id } : { serviceId: wanted.id }),
    priority: priority === '' ? null : (priority as PriorityId),
    channel: 'phone',
    language: branch.setup.languages.includes(language) ? language : null,
    takenWith,
  });
  switch (outcome.kind) {
    case 'done':
      return { kind: 'ticket', ticketId: ledgerId as string as TicketId };
    case 'refused':
      return { ...none, status: 409, notice: say(`refusal.${outcome.refusal.code}`, outcome.refusal.details) };
    case 'unavailable':
    case 'unknown':
      return { ...none, status: 503, notice: say('join.sendAgain'), repeats: commandId as CommandId };
  }
};

const formOf = (form: unknown): { commandId: string; priority: string } => {
  const { commandId, priority } = (form ?? {}) as Record<string, unknown>;
  return {
    commandId: typeof commandId === 'string' ? commandId.toLowerCase() : '',
    priority: typeof priority === 'string' ? priority : '',
  };
};
