import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import { boardTexts } from '../live/board-texts.ts';
import { lineScore } from '../live/line-score.ts';
import type { LiveCopy } from './read-live-copy.ts';

/** What the board in Redis has otherwise than the hall of the same version, in words. */
export const boardFaults = (hall: Hall, { board }: Pick<LiveCopy, 'board'>): string[] => {
  const wanted = boardTexts(hall);
  return [
    ...[...wanted].flatMap(([key, value]) =>
      board[key] === value ? [] : [`the board in Redis has ${board[key] ?? 'nothing'} for ${key} instead of ${value}`],
    ),
    ...Object.keys(board).flatMap((key) =>
      wanted.has(key) ? [] : [`the board in Redis has ${key}, which is not there`],
    ),
  ];
};

/** What the lines in Redis have otherwise than the hall of the same version, to the last ticket and score, in words. */
export const lineFaults = (hall: Hall, { lines, services }: Pick<LiveCopy, 'lines' | 'services'>): string[] => {
  const waiting = Map.groupBy(
    [...hall.waiting.values()].map((id) => hall.tickets.get(id)).filter((ticket) => ticket !== undefined),
    ({ serviceId }) => serviceId,
  );
  return [...new Set([...lines.keys(), ...waiting.keys()])].flatMap((serviceId) => {
    const tickets = waiting.get(serviceId) ?? [];
    const faults = faultsOfLine(hall, tickets, lines.get(serviceId) ?? []);
    if (tickets.length > 0 && !services.has(serviceId)) faults.push('is not in the set of lines');
    return faults.map((fault) => `the line of service ${serviceId} in Redis ${fault}`);
  });
};

const faultsOfLine = (
  hall: Hall,
  tickets: readonly Ticket[],
  held: readonly (readonly [string, string])[],
): string[] => {
  const wanted = new Map(tickets.map((ticket) => [ticket.id as string, ticket]));
  const scores = new Map(held);
  const nameOf = (id: string): string => {
    const ticket = hall.tickets.get(id as Ticket['id']);
    return ticket ? `${ticket.number}, which is ${ticket.status}` : `${id}, which nobody holds`;
  };
  return [
    ...[...wanted].flatMap(([id, { number }]) => (scores.has(id) ? [] : [`lacks ${number}, which waits there`])),
    ...[...scores.keys()].flatMap((id) => (wanted.has(id) ? [] : [`has ${nameOf(id)}`])),
    ...[...wanted].flatMap(([id, ticket]) => {
      const score = scores.get(id);
      if (score === undefined || Number(score) === Number(lineScore(hall, ticket))) return [];
      return [`has ${ticket.number} at the wrong place: its score is ${score} instead of ${lineScore(hall, ticket)}`];
    }),
  ];
};

/** The services that may have a line in Redis: those in the set-up and those that anybody took a ticket for today. */
export const servicesWithLines = (hall: Hall, ofSetUp: Iterable<ServiceId>): Set<ServiceId> =>
  new Set([...ofSetUp, ...[...hall.tickets.values()].map(({ serviceId }) => serviceId)]);
