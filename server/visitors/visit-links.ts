import { type Cipheriv, createCipheriv, createDecipheriv, type Decipheriv } from 'node:crypto';
import type { TicketId } from '@antrean/shared/domain/ids.ts';
import type { Seal } from '../access/seal.ts';

/** One block of AES: as long as the id of a ticket. */
const blockLength = 16;
/** 128 bits in base64url; of the last character only two bits count, and the rest is zero. */
const tokenShape = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/**
 * The link of a ticket's page is the id of the ticket, enciphered as one block under a key that is kept outside the
 * database (LINK-1, docs/decisions/0008). Nothing of it is stored, every node makes the same one, and a guess comes out as
 * 128 bits that are no ticket's id.
 */
export class VisitLinks {
  readonly #cipher: Cipheriv;
  /** One for each key, so that links made before a key was replaced still open. */
  readonly #deciphers: readonly Decipheriv[];

  constructor(seal: Seal) {
    const keys = seal.keysFor('visit link');
    // A block by itself in ECB mode has no state: one object serves all, which costs a tenth of making one each time.
    this.#cipher = createCipheriv('aes-256-ecb', keys[0]!, null).setAutoPadding(false);
    this.#deciphers = keys.map((key) => createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false));
  }

  /** @returns 22 characters, base64url */
  tokenOf(ticketId: TicketId): string {
    return this.#cipher.update(Buffer.from(ticketId.replaceAll('-', ''), 'hex')).toString('base64url');
  }

  /** Which tickets a token would be of, one under each key; most likely none of them is there. */
  ticketsOf(token: string): TicketId[] {
    if (!tokenShape.test(token)) return [];
    const block = Buffer.from(token, 'base64url');
    return this.#deciphers.map((decipher) => uuidOf(decipher.update(block)));
  }

  /** Whether whoever shows this token was told it when that ticket was taken (LINK-2). */
  isOf(token: string, ticketId: TicketId): boolean {
    return this.ticketsOf(token).includes(ticketId);
  }
}

const uuidOf = (block: Buffer): TicketId => {
  const hex = block.subarray(0, blockLength).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-') as TicketId;
};
