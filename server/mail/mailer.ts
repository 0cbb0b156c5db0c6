import type { MailProblem } from '@antrean/shared/protocol/alert-subscribers.ts';
import nodemailer from 'nodemailer';

export interface MailSettings {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  readonly smtpUrl: string;
  /** Who sends: `queue@example.org` or `Hall <queue@example.org>`. */
  readonly from: string;
}

export interface Mail {
  /** Names it to whoever takes it in, so that one that comes twice can be known. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly files?: readonly MailFile[];
}

/** What comes with an e-mail. */
export interface MailFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/** Sends one e-mail. Throws `MailFailed`. */
export type Mailer = (mail: Mail) => Promise<void>;

/** An e-mail that did not go out. Of the server's words nothing is kept: they may name people. */
export class MailFailed extends Error {
  readonly problem: MailProblem;
  /** Whether it makes no sense to try it again. */
  readonly isFinal: boolean;
  constructor(problem: MailProblem, isFinal: boolean) {
    super(`an e-mail was not sent: ${problem}`);
    this.problem = problem;
    this.isFinal = isFinal;
  }
}

/** Each step of the talk with a mail server, and all of it, ms. */
const stepMs = 5_000;
const allMs = 15_000;

const loopback = ['localhost', '127.0.0.1', '[::1]'];

export const mailerOf = ({ smtpUrl, from }: MailSettings): Mailer => {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: stepMs,
    dnsTimeout: stepMs,
    // Nobody in between reads or changes it, but on this machine itself.
    requireTLS: !loopback.includes(new URL(smtpUrl).hostname),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ id, to, subject, text, files = [] }) => {
    const host = from.replace(/^.*@|>.*$/g, '');
    const attachments = files.map(({ name, type, content }) => ({ filename: name, contentType: type, content }));
    const sent = transport.sendMail({ from, to, subject, text, attachments, messageId: `<${id}@${host}>` });
    let timer: NodeJS.Timeout | undefined;
    const isLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new MailFailed('unreachable', false)), allMs);
    });
    try {
      await Promise.race([sent, isLate]);
    } catch (error) {
      sent.catch(() => {});
      throw error instanceof MailFailed ? error : failureOf(error as Failure);
    } finally {
      clearTimeout(timer);
    }
  };
};

/** What nodemailer tells of an error. */
interface Failure {
  readonly code?: string;
  readonly responseCode?: number;
}

const failureOf = ({ code, responseCode }: Failure): MailFailed => {
  if (code === 'EAUTH') return new MailFailed('sign-in', false);
  if (code === 'ETLS') return new MailFailed('tls', false);
  if (responseCode !== undefined && responseCode >= 500) return new MailFailed('refused', true);
  if (responseCode !== undefined && responseCode >= 400) return new MailFailed('busy', false);
  return new MailFailed(code === 'EENVELOPE' || code === 'EMESSAGE' ? 'other' : 'unreachable', false);
};
