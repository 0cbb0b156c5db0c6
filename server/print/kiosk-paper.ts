import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import { paperKey, rememberedS } from './print-once.ts';

/** One request of a kiosk for the paper of a ticket. */
export interface AskedPaper {
  readonly branchId: BranchId;
  readonly ticketId: TicketId;
  readonly commandId: string;
}

/** Tickets that a kiosk prints itself: which are copies, and which came out (PAPER-10). Rejects when Redis is away. */
export class KioskPaper {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** The same id is the same paper until it is told what came of it. @returns `null`: that was told */
  async begin(asked: AskedPaper): Promise<{ readonly isCopy: boolean } | null> {
    const { branchId, ticketId } = asked;
    const before = await this.#redis.get(askedKey(asked));
    if (before !== null) return before === 'told' ? null : { isCopy: before === 'copy' };
    const isCopy = (await this.#redis.set(paperKey(branchId, ticketId), '1', 'EX', rememberedS, 'NX')) === null;
    await this.#redis.set(askedKey(asked), isCopy ? 'copy' : 'first', 'EX', rememberedS);
    return { isCopy };
  }

  /** What surely did not come out counts for nothing (PAPER-3). */
  async end(asked: AskedPaper, cameOut: 'yes' | 'no' | 'unsure'): Promise<void> {
    const { branchId, ticketId } = asked;
    const before = await this.#redis.set(askedKey(asked), 'told', 'EX', rememberedS, 'GET');
    if (before === 'first' && cameOut === 'no') await this.#redis.del(paperKey(branchId, ticketId));
  }
}

const askedKey = ({ branchId, commandId }: AskedPaper): string => `{b:${branchId}}:kiosk-print:${commandId}`;
