import type { PrintOutcome } from '@antrean/shared/client/print-over.ts';
import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';

/** What came of a request to print; `isCopy`: an earlier one of this ticket may be in somebody's hand. */
export type Printed = (Extract<PrintOutcome, { kind: 'printed' }> & { readonly isCopy: boolean }) | NotPrinted;
export interface NotPrinted {
  readonly kind: 'failed';
  readonly fault:
    Extract<PrintOutcome, { kind: 'failed' }>['fault'] | 'PRINTER_BUSY' | 'PRINTER_UNDRAWN' | 'PRINTER_NOT_ALLOWED';
}

/** How long a request is remembered, s: the visit is over by then. */
export const rememberedS = 24 * 3_600;
const begun = 'begun';

/** Where it is kept that a ticket may be in somebody's hand. */
export const paperKey = (branchId: BranchId, ticketId: TicketId): string => `{b:${branchId}}:paper:${ticketId}`;

/** Prints once for each command id and marks all but the first ticket as copies (PAPER-3). Rejects when Redis is away. */
export class PrintOnce {
  readonly #redis: Redis;
  readonly #running = new Map<string, Promise<Printed>>();

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** @param print told whether what it prints is a copy */
  run(
    { branchId, ticketId, commandId }: { branchId: BranchId; ticketId: TicketId; commandId: string },
    print: (isCopy: boolean) => Promise<PrintOutcome | NotPrinted>,
  ): Promise<Printed> {
    const key = `{b:${branchId}}:print:${commandId}`;
    const running = this.#running.get(key);
    if (running) return running;
    const result = this.#once(key, paperKey(branchId, ticketId), print).finally(() => this.#running.delete(key));
    this.#running.set(key, result);
    return result;
  }

  async #once(
    key: string,
    paper: string,
    print: (isCopy: boolean) => Promise<PrintOutcome | NotPrinted>,
  ): Promise<Printed> {
    const before = await this.#redis.set(key, begun, 'EX', rememberedS, 'NX', 'GET');
    // Begun by another node, or by one that died over it: nobody can say whether it came out.
    if (before === begun) return { kind: 'failed', fault: 'PRINTER_UNSURE' };
    if (before !== null) return JSON.parse(before) as Printed;
    const isCopy = (await this.#redis.set(paper, '1', 'EX', rememberedS, 'NX')) === null;
    const forget = (): Promise<number> => (isCopy ? this.#redis.del(key) : this.#redis.del(key, paper));
    const outcome = await print(isCopy).catch(async (error: unknown) => {
      await forget();
      throw error;
    });
    const printed: Printed = outcome.kind === 'printed' ? { ...outcome, isCopy } : outcome;
    const cameOutNot = outcome.kind === 'failed' && outcome.fault !== 'PRINTER_UNSURE';
    if (cameOutNot && !isCopy) await this.#redis.del(paper);
    await this.#redis.set(key, JSON.stringify(printed), 'EX', rememberedS);
    return printed;
  }
}
