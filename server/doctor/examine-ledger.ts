import { checkCall } from '@antrean/shared/domain/check-call.ts';
import { checkChoice } from '@antrean/shared/domain/check-choice.ts';
import { startLedgerCheck, type Violation } from '@antrean/shared/domain/check-ledger.ts';
import { draftOf } from '@antrean/shared/domain/hall-draft.ts';
import { eventFault } from '@antrean/shared/domain/event-fault.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { emptyHall, type Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId, ServiceId } from '@antrean/shared/domain/ids.ts';
import type { KnownSetup } from '../hall/branch.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { startChainCheck } from './check-chain.ts';
import { checkCommands } from './check-commands.ts';
import { startLoadCheck } from './check-load.ts';
import { findSetup } from './check-set-up.ts';
import { checkCounterTables, checkTicketDays, checkTicketTable, listTicketDays } from './check-tables.ts';
import { foldWhatCanBe } from './fold-what-can-be.ts';
import { eventOf, findHead, readLedger } from './read-ledger.ts';

/** What was found in a branch's ledger and tables, all at one version. */
export interface LedgerExamination {
  /** The state that the whole ledger gives, as far as it can be folded. */
  readonly hall: Hall;
  readonly epoch: string | undefined;
  /** Those of the set-up. */
  readonly services: ReadonlySet<ServiceId>;
  readonly events: number;
  readonly tickets: number;
  /** Calls held against the rules of the set-up that is in force, and calls under earlier ones, which are not kept. */
  readonly calls: { readonly replayed: number; readonly earlier: number };
  readonly findings: readonly Violation[];
}

/**
 * Reads a branch's whole ledger: every event against the hash chain, the rules, the state before it and the tables of
 * the second lock, day by day in memory.
 *
 * @param snapshot reads everything as of one moment
 */
export const examineLedger = async (snapshot: Sql, branchId: BranchId): Promise<LedgerExamination> => {
  const head = await findHead(snapshot, branchId);
  const known = await findSetup(snapshot, branchId);
  const days = await listTicketDays(snapshot, branchId);
  const chain = startChainCheck(branchId);
  const rules = startLedgerCheck(branchId);
  const load = startLoadCheck(branchId, head);
  const found: Violation[] = [];
  const calls = { replayed: 0, earlier: 0 };
  const daysOfLedger = new Set<string>();
  const draft = draftOf(emptyHall(branchId));
  let [events, tickets] = [0, 0];

  const checkChoiceOf = (event: HallEvent): void => {
    if (!known || !isInForce(known, draft) || eventFault(event) !== null) return;
    const wrong = checkChoice(draft, known.setup, event);
    if (wrong) found.push(wrong);
  };

  const checkCallOf = (event: HallEvent): void => {
    if (event.type !== 'ticket.called' || eventFault(event) !== null) return;
    if (!known || !isInForce(known, draft)) return void (calls.earlier += 1);
    calls.replayed += 1;
    const wrong = checkCall(draft, known.setup, event);
    const isSaid = rules
      .end()
      .slice(-3)
      .some(({ invariant, version }) => invariant === 'I9' && version === event.version);
    if (wrong && !isSaid) found.push(wrong);
  };

  for await (const rows of readLedger(snapshot, branchId)) {
    for (const row of rows) {
      const event = eventOf(row);
      chain.take(row);
      rules.take(event);
      checkCallOf(event);
      checkChoiceOf(event);
      load.take(event);
      events += 1;
      tickets += Number(event.type === 'ticket.issued');
      const day = draft.day?.date;
      if (event.type === 'day.opened' && day !== undefined && day !== event.data.date) {
        found.push(...(await checkTicketTable(snapshot, draft, days)));
      }
      foldWhatCanBe(draft, event);
      if (draft.day) daysOfLedger.add(draft.day.date);
    }
    found.push(...(await checkCommands(snapshot, branchId, rows)));
  }
  const findings = [...chain.end(head), ...rules.end(), ...found, ...load.end(draft)];
  findings.push(...(await checkTicketTable(snapshot, draft, days)));
  findings.push(...checkTicketDays(branchId, days, daysOfLedger));
  findings.push(...(await checkCounterTables(snapshot, draft)));
  const services = new Set(known?.setup.services.keys());
  return { hall: draft, epoch: head?.epoch, services, events, tickets, calls, findings };
};

/** Whether the set-up of the tables is the one that decided at this state; at its first revision there was no other. */
const isInForce = ({ revision }: KnownSetup, { setupRevision }: Hall): boolean =>
  revision === 1 || setupRevision === revision;
