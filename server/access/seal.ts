import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Bytes of a key, of a nonce and of what GCM adds. */
export const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;

/** What is sealed for one purpose opens for no other. */
export type SealPurpose =
  'second-factor' | 'enrolment' | 'half-session' | 'oidc' | 'contact' | 'joining' | 'push' | 'webhook';

/**
 * Seals what must be read again but not by who has the database alone (S24): AES-256-GCM with keys that are kept outside
 * of it. The first key seals, and all open, so that a key can be replaced while nodes run (S20).
 */
export class Seal {
  readonly #keys: readonly Uint8Array[];

  /** Throws when there is no key, or one is not 32 bytes long. */
  constructor(keys: readonly Uint8Array[]) {
    if (keys.length === 0 || keys.some(({ length }) => length !== keyLength)) {
      throw new Error(`a seal needs keys of ${keyLength} bytes`);
    }
    this.#keys = keys;
  }

  /** Names each key without telling anything of it; the first is that which seals. */
  fingerprints(): string[] {
    return this.#keys.map((key) => createHash('sha256').update('antrean key\n').update(key).digest('hex').slice(0, 32));
  }

  /** @returns base64url; the same text is sealed differently each time */
  close(text: string, purpose: SealPurpose): string {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', keyFor(this.#keys[0]!, purpose, 'seal'), nonce);
    const closed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, closed, cipher.getAuthTag()]).toString('base64url');
  }

  /** @returns the text; `null` when it was sealed with another key or for another purpose, or was changed */
  open(sealed: string, purpose: SealPurpose): string | null {
    const bytes = Buffer.from(sealed, 'base64url');
    const nonce = bytes.subarray(0, nonceLength);
    const closed = bytes.subarray(nonceLength, -tagLength);
    for (const key of this.#keys) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', keyFor(key, purpose, 'seal'), nonce, {
          authTagLength: tagLength,
        });
        decipher.setAuthTag(bytes.subarray(-tagLength));
        return decipher.update(closed, undefined, 'utf8') + decipher.final('utf8');
      } catch {
        // Not this key.
      }
    }
    return null;
  }

  /** Seals what whoever has it may come back with until an instant, epoch ms. */
  closeUntil(value: object, until: number, purpose: SealPurpose): string {
    return this.close(JSON.stringify({ until, value }), purpose);
  }

  /** @returns what was sealed; `null` when it is none of ours, or its time is over */
  openUntil<Value>(sealed: string, now: number, purpose: SealPurpose): Value | null {
    const text = this.open(sealed, purpose);
    if (text === null) return null;
    const { until, value } = JSON.parse(text) as { until: number; value: Value };
    return until > now ? value : null;
  }

  /** Keys of their own for something that is not sealed, that of the key in use first. */
  keysFor(use: string): Buffer[] {
    return this.#keys.map((key) => Buffer.from(hkdfSync('sha256', key, '', `antrean ${use}`, keyLength)));
  }

  /** What a text is found by without being told: under each key, that which seals first. */
  codesOf(text: string, purpose: SealPurpose): string[] {
    return this.#keys.map((key) =>
      createHmac('sha256', keyFor(key, purpose, 'code'))
        .update(text)
        .digest('hex'),
    );
  }
}

/** Each use has a key of its own (RFC 5869). */
const keyFor = (key: Uint8Array, purpose: SealPurpose, use: 'seal' | 'code'): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `antrean ${use} ${purpose}`, keyLength));
