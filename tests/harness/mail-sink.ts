import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** How a mail server can be: as it should, out of reach, silent, refusing or putting off whatever comes, or with no faith in the password. */
export type SinkMood = 'takes' | 'refuses' | 'busy' | 'hangs' | 'shut';

export interface TakenMail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly content: Buffer }[];
}

/** A mail server on this machine that takes in what it is sent, or does not, as a test wants it. */
export class MailSink {
  readonly taken: TakenMail[] = [];
  #mood: SinkMood = 'takes';
  #port = 0;
  #server: SMTPServer | Server | null = null;
  readonly #sockets = new Set<Socket>();

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  /** From now on, at the same port as before. */
  async be(mood: SinkMood): Promise<void> {
    await this.stop();
    this.#mood = mood;
    if (mood === 'shut') return;
    this.#server = mood === 'hangs' ? this.#silent() : this.#smtp();
    const server = this.#server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', () => resolve());
    });
    const inner = server instanceof SMTPServer ? server.server : server;
    this.#port = (inner.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const socket of this.#sockets) socket.destroy();
    if (server) await new Promise<void>((resolve) => void server.close(() => resolve()));
  }

  #silent(): Server {
    return createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket));
    });
  }

  #smtp(): SMTPServer {
    return new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      closeTimeout: 100,
      onRcptTo: (_address, _session, done) => {
        if (this.#mood === 'takes') return done();
        done(Object.assign(new Error('not now'), { responseCode: this.#mood === 'busy' ? 451 : 550 }));
      },
      onData: (stream, session, done) => {
        let text = '';
        stream.setEncoding('utf8').on('data', (part: string) => (text += part));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          void read(text, to).then((mail) => {
            this.taken.push(mail);
            done();
          }, done);
        });
      },
    });
  }
}

const read = async (raw: string, to: string[]): Promise<TakenMail> => {
  const { subject = '', text = '', headers, attachments } = await PostalMime.parse(raw);
  return {
    to,
    subject,
    headers: new Map(headers.map(({ key, value }) => [key, value])),
    body: text.replaceAll('\r\n', '\n'),
    files: attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? '',
      type: mimeType,
      content: Buffer.from(content as ArrayBuffer),
    })),
  };
};
