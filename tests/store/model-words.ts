import type { Outcome } from '@antrean/server/hall/outcome.ts';
import type { Command } from '@antrean/shared/domain/commands.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { CommandId, StaffId } from '@antrean/shared/domain/ids.ts';
import type { Sql } from 'postgres';
import { expect } from 'vitest';
import type { HallModel } from './hall-model.ts';
import type { Expected, ModelCommand } from './model-types.ts';

/** The command of the product that a model's command stands for. */
export const commandOf = (command: ModelCommand, commandId: string): Command => {
  const common = { commandId: commandId as CommandId, actor: { kind: 'manager', staffId: 'm' as StaffId } };
  switch (command.type) {
    case 'issue-ticket': {
      const { what, isElderly, booked } = command;
      const visitor = { priority: isElderly ? 'elderly' : null, channel: 'api', language: null };
      const hour = booked && { bookedFor: booked.hour };
      return { ...common, type: 'issue-ticket', ...what, ...visitor, ...hour } as Command;
    }
    case 'finish':
      return { ...common, ...command, outcome: null } as Command;
    case 'pause-counter':
      return { ...common, ...command, reason: 'break' } as Command;
    case 'hold-ticket':
      return { ...common, ...command, reason: 'a copy', minutes: 60 } as Command;
    case 'cancel-ticket':
    case 'return-ticket': {
      const { isByVisitor, ...rest } = command;
      return { ...common, ...rest, ...(isByVisitor && { actor: { kind: 'visitor' } }) } as Command;
    }
    case 'take-back-ticket':
    case 'postpone-ticket':
      return { ...common, ...command, actor: { kind: 'visitor' } } as Command;
    case 'pause-service':
      return { ...common, ...command, reason: 'no network' } as Command;
    case 'show-message':
      return { ...common, ...command, texts: { en: 'back at noon' }, minutes: 720 } as Command;
    case 'change-priority': {
      const { isElderly, ...rest } = command;
      return { ...common, ...rest, priority: isElderly ? 'elderly' : null } as Command;
    }
    case 'note-ticket':
      return { ...common, ...command, note: 'wheelchair' } as Command;
    case 'transfer-ticket': {
      const { keptFor, ...rest } = command;
      const id = keptFor?.slice(2);
      const reservedFor = keptFor && (keptFor.startsWith('c:') ? { counterId: id } : { agentId: id });
      return { ...common, ...rest, reservedFor, note: null } as Command;
    }
    default:
      return { ...common, ...command } as Command;
  }
};

/** The service that a journey began or went on with, where it was chosen among several. */
export const chosenIn = (events: readonly HallEvent[]): string | undefined => {
  for (const { type, data } of events) {
    if ((type !== 'ticket.issued' && type !== 'ticket.went-on') || !data.among) continue;
    return type === 'ticket.issued' ? data.serviceId : data.toServiceId;
  }
  return undefined;
};

/** Events in the model's words. */
export const wordsOfEvents = (events: readonly HallEvent[]): Expected => ({
  done: events.map(({ type, data }) => {
    if ('number' in data) return `${type} ${data.number}`;
    if ('counterId' in data) return `${type} ${data.counterId}`;
    return 'serviceId' in data ? `${type} ${data.serviceId}` : type;
  }),
});

/** An outcome in the model's words. */
export const wordsOf = (outcome: Outcome): Expected | { readonly kind: string } => {
  if (outcome.kind === 'refused') return { refused: outcome.refusal.code };
  return outcome.kind === 'done' ? wordsOfEvents(outcome.events) : { kind: outcome.kind };
};

/** The second lock's tables say what the model says. */
export const expectTables = async (sql: Sql, branchId: string, model: HallModel): Promise<void> => {
  const numbers = await sql`select number from ticket
    where branch_id = ${branchId} and business_day = ${model.date}::date order by number`;
  expect(numbers.map(({ number }) => number)).toEqual(model.tickets.map(({ number }) => number).sort());
  const atCounters = await sql`select counter_id as counter, ticket_id as ticket from counter_ticket
    where branch_id = ${branchId} order by counter_id`;
  expect([...atCounters]).toEqual(
    [...model.counters.keys()].sort().flatMap((counter) => {
      const ticket = model.ticketAt(counter);
      return ticket ? [{ counter, ticket: ticket.id }] : [];
    }),
  );
  const seats = await sql`select counter_id as id, agent_id as agent from counter_seat
    where branch_id = ${branchId} and agent_id is not null order by counter_id`;
  expect([...seats]).toEqual(
    [...model.counters].map(([id, { agentId: agent }]) => ({ id, agent })).sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
};
