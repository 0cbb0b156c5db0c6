import type { OwnDevice } from '@antrean/shared/protocol/devices.ts';
import { AskedTogether } from '../access/asked-together.ts';
import { lines, type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { tokenHashIn } from './device-token.ts';

/** A device that was read stays good for so long without asking again, ms: what taking one back may lag behind (S4). */
const cacheMs = 800;
const cacheLimit = 10_000;

/** The devices that were let in, found by the hash of their token. */
export class Devices {
  readonly #sql: Sql;
  readonly #cache = new Map<string, { device: OwnDevice | null; until: number }>();
  readonly #asked = new AskedTogether((hashes) => this.#find(hashes));

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** The device that a `Cookie` header belongs to; `null` when there is none, or it was taken back. */
  async of(header: string | undefined): Promise<OwnDevice | null> {
    const tokenHash = tokenHashIn(header);
    if (tokenHash === undefined) return null;
    const cached = this.#cache.get(tokenHash);
    if (cached && cached.until > Date.now()) return cached.device;
    const device = await this.#asked.ask(tokenHash);
    if (this.#cache.size >= cacheLimit) this.#cache.clear();
    this.#cache.set(tokenHash, { device, until: Date.now() + cacheMs });
    return device;
  }

  /** Whatever was known is asked anew: one was let in or taken back. */
  forget(): void {
    this.#cache.clear();
  }

  async #find(hashes: readonly string[]): Promise<Map<string, OwnDevice>> {
    const rows = await withinTimeout(this.#sql<(OwnDevice & { hash: string })[]>`
      select asked.hash, id, branch_id as "branchId", kind, name, area
      from unnest(string_to_array(${lines(hashes)}, chr(10))) as asked (hash)
      join device on token_hash = asked.hash or next_token_hash = asked.hash
      where revoked_at is null`);
    return new Map(rows.map(({ hash, ...device }) => [hash, device]));
  }
}
