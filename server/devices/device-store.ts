import type { KnownDevice } from '@antrean/shared/protocol/devices.ts';
import { Lookups } from '../access/lookups.ts';
import { lines, type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { answerWithinSeconds } from '@antrean/shared/protocol/screen-times.ts';
import { tokenHashIn } from './device-token.ts';

/** The devices that were let in, found by the hash of their token. */
export class Devices {
  readonly #sql: Sql;
  readonly #found = new Lookups((hashes) => this.#find(hashes));

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** The device that a `Cookie` header belongs to; `null` when there is none, or it was taken back. */
  async of(header: string | undefined): Promise<KnownDevice | null> {
    const tokenHash = tokenHashIn(header);
    return tokenHash === undefined ? null : this.#found.read(tokenHash);
  }

  /** Whatever was known is asked anew: one was let in or taken back. */
  forget(): void {
    this.#found.forgetAll();
  }

  async #find(hashes: readonly string[]): Promise<Map<string, KnownDevice>> {
    const rows = await withinTimeout(this.#sql<(KnownDevice & { hash: string })[]>`
      select asked.hash, id, branch_id as "branchId", kind, name, area,
        screen_id as "screenId", printer_id as "printerId",
        case when sound_answered_at is null and sound_asked_at > now() - ${answerWithinSeconds} * interval '1 second'
          then (extract(epoch from sound_asked_at) * 1000)::bigint::float8 end as "soundTestAt"
      from unnest(string_to_array(${lines(hashes)}, chr(10))) as asked (hash)
      join device on token_hash = asked.hash or next_token_hash = asked.hash
      where revoked_at is null`);
    return new Map(rows.map(({ hash, ...device }) => [hash, device]));
  }
}
