import type { GuardPorts } from '../access/guard.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { byRequest, noteAlone } from './note-entry.ts';

/** Somebody kept out of the same again within this time is noted once, ms: a page that asks by itself fills no trail. */
const noteEveryMs = 60_000;
const rememberedLimit = 10_000;

/** Notes who was kept out of what (S28), once a minute each. Should it not be noted, the answer is the same. */
export const refusedNotes = (sql: Sql): GuardPorts['noteRefused'] => {
  const notedAt = new Map<string, number>();
  return (request, permission, code) => {
    const by = byRequest(request);
    const key = `${by.by}/${permission}/${code}`;
    const now = Date.now();
    if (now - (notedAt.get(key) ?? -Infinity) < noteEveryMs) return;
    if (notedAt.size >= rememberedLimit) notedAt.clear();
    notedAt.set(key, now);
    const { branchId = null } = (request.params ?? {}) as { branchId?: string };
    const note = { ...by, action: 'access.refused', branchId, subject: permission, after: { code } } as const;
    noteAlone(sql, note).catch(() => {});
  };
};
