import { isDeepStrictEqual } from 'node:util';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { readEvents } from '../ledger/read-events.ts';
import { feedLength } from '../live/keys.ts';
import type { LiveCopy } from './read-live-copy.ts';

/**
 * What the feed in Redis has otherwise than the ledger, in words: another event than was committed, one beyond the
 * version of the lines, or a hole. It begins where the lines were last written anew, and keeps the latest `feedLength`.
 */
export const feedFaults = async (
  sql: Sql,
  branchId: BranchId,
  { feed, version, loaded }: Pick<LiveCopy, 'feed' | 'version' | 'loaded'>,
): Promise<string[]> => {
  const entries = new Map(feed.map(([id, json]) => [Number(/^(\d+)-0$/.exec(id)?.[1]), json]));
  const first = Math.min(...entries.keys());
  const events = entries.size > 0 ? await readEvents(sql, branchId, (first || 1) - 1) : [];
  const committed = new Map(events.map((event) => [event.version, event]));
  const from = Math.max(loaded ?? version, version - feedLength) + 1;
  return [
    ...[...entries].flatMap(([at, json]) => faultOfEntry(at, json, committed.get(at), version)),
    ...holes(entries, from, version).map((hole) => `the feed in Redis lacks ${hole}`),
  ];
};

const faultOfEntry = (at: number, json: string, event: HallEvent | undefined, version: number): string[] => {
  if (Number.isNaN(at)) return ['the feed in Redis has an entry under an id that no server gives'];
  if (at > version) return [`the feed in Redis has version ${at}, but the lines stand at ${version}`];
  return isDeepStrictEqual(parsed(json), event) ? [] : [`the feed in Redis has another event ${at} than the ledger`];
};

const holes = (entries: ReadonlyMap<number, string>, from: number, to: number): string[] => {
  const found: string[] = [];
  for (let at = from; at <= to; at += 1) {
    if (entries.has(at)) continue;
    const start = at;
    while (at < to && !entries.has(at + 1)) at += 1;
    found.push(start === at ? `version ${at}` : `versions ${start} to ${at}`);
  }
  return found;
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};
