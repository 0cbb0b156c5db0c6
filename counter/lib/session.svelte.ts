import { askServer, askUntilAnswered, type Reply } from '@antrean/shared/client/ask-server.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';

/** Who is signed in at this browser. The session itself is a cookie that no script can read. */
export class Session {
  /** `undefined` until the server was asked, `null` when nobody is. */
  #me = $state.raw<Me | null | undefined>(undefined);
  #notedAt = 0;

  constructor() {
    void askUntilAnswered<Me>({ path: '/v1/me', language: 'en' }).then((reply) => {
      this.#me = reply.kind === 'done' ? reply.body : null;
    });
  }

  get me(): Me | null | undefined {
    return this.#me;
  }

  async signIn(login: string, password: string, language: string): Promise<Reply<Me>> {
    const reply = await askServer<Me>({ path: '/v1/sign-in', body: { login, password }, language });
    if (reply.kind === 'done') this.#me = reply.body;
    return reply;
  }

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
