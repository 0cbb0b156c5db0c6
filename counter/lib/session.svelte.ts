import { askServer, askUntilAnswered, type Reply } from '@antrean/shared/client/ask-server.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';

/** Who is signed in at this browser. The session itself is a cookie that no script can read. */
export class Session {
  /** `undefined` until the server was asked, `null` when nobody is. */
  #me = $state.raw<Me | null | undefined>(undefined);

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
