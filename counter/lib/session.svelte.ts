import { askServer, askUntilAnswered, type Reply } from '@antrean/shared/client/ask-server.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type {
  CodeNeeded,
  FactorToConfirm,
  OwnFactor,
  ProveOwnerBody,
  RecoveryCodes,
} from '@antrean/shared/protocol/second-factor.ts';

/** Who is signed in at this browser. The session itself is a cookie that no script can read. */
export class Session {
  /** `undefined` until the server was asked, `null` when nobody is. */
  #me = $state.raw<Me | null | undefined>(undefined);
  /** The password was right, and a code is asked for. */
  #halfway = $state.raw<string | null>(null);
  #notedAt = 0;

  constructor() {
    void askUntilAnswered<Me>({ path: '/v1/me', language: 'en' }).then((reply) => {
      this.#me = reply.kind === 'done' ? reply.body : null;
    });
  }

  get me(): Me | null | undefined {
    return this.#me;
  }

  get isHalfway(): boolean {
    return this.#halfway !== null;
  }

  async signIn(login: string, password: string, language: string): Promise<Reply<Me | CodeNeeded>> {
    const reply = await askServer<Me | CodeNeeded>({ path: '/v1/sign-in', body: { login, password }, language });
    if (reply.kind !== 'done') return reply;
    if ('halfway' in reply.body) this.#halfway = reply.body.halfway;
    else this.#me = reply.body;
    return reply;
  }

  async signInWithCode(code: string, language: string): Promise<Reply<Me>> {
    const body = { halfway: this.#halfway ?? '', code };
    const reply = await askServer<Me>({ path: '/v1/sign-in/code', body, language });
    if (reply.kind === 'done') {
      this.#halfway = null;
      this.#me = reply.body;
    }
    return reply;
  }

  readonly backToPassword = (): void => {
    this.#halfway = null;
  };

  readFactor(language: string): Promise<Reply<OwnFactor>> {
    return askServer<OwnFactor>({ path: '/v1/me/second-factor', language });
  }

  /** @param body with `code` where there is a factor already */
  beginFactor(body: { password: string; code?: string }, language: string): Promise<Reply<FactorToConfirm>> {
    return askServer<FactorToConfirm>({ path: '/v1/me/second-factor', body, language });
  }

  confirmFactor(pending: string, code: string, language: string): Promise<Reply<RecoveryCodes>> {
    return askServer<RecoveryCodes>({ path: '/v1/me/second-factor/confirm', body: { pending, code }, language });
  }

  renewRecoveryCodes(proof: ProveOwnerBody, language: string): Promise<Reply<RecoveryCodes>> {
    return askServer<RecoveryCodes>({ path: '/v1/me/second-factor/recovery-codes', body: proof, language });
  }

  removeFactor(proof: ProveOwnerBody, language: string): Promise<Reply<null>> {
    return askServer<null>({ path: '/v1/me/second-factor/remove', body: proof, language });
  }

  /** The second factor was turned on or off. */
  readonly factorIs = (secondFactor: 'on' | 'off'): void => {
    if (this.#me) this.#me = { ...this.#me, secondFactor };
  };

  async changePassword(current: string, password: string, language: string): Promise<Reply<null>> {
    const reply = await askServer<null>({ path: '/v1/me/password', body: { current, password }, language });
    if (reply.kind === 'done' && this.#me) this.#me = { ...this.#me, mustChangePassword: false };
    return reply;
  }

  /** Somebody is at the screen: told at most once a minute, so that the session stays (S3). */
  readonly noteActivity = (): void => {
    if (!this.#me || Date.now() - this.#notedAt < 60_000) return;
    this.#notedAt = Date.now();
    void askServer<null>({ path: '/v1/me/seen', body: {}, language: 'en' });
  };

  async signOut(language: string): Promise<Reply<null>> {
    const reply = await askServer<null>({ path: '/v1/sign-out', body: {}, language });
    if (reply.kind !== 'unanswered') this.#me = null;
    return reply;
  }

  /** The server said that the session is over. */
  readonly ended = (): void => {
    this.#me = null;
  };
}
