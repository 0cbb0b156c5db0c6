import { type Answer, ask } from '../http/ask.ts';

/** A visitor's phone as a browser without a script: it keeps its cookies, and follows no redirect by itself. */
export class Phone {
  readonly cookies = new Map<string, string>();
  /** Every `set-cookie` it was sent. */
  readonly told: string[] = [];
  readonly #address: string;
  readonly #headers: Record<string, string>;

  constructor(address: string, headers: Record<string, string> = {}) {
    this.#address = address;
    this.#headers = headers;
  }

  get(path: string): Promise<Answer> {
    return this.#ask(path, 'GET');
  }

  /** Sends a form. */
  post(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    const sent = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    return this.#ask(path, 'POST', sent, new URLSearchParams(form).toString());
  }

  /** The same phone, its page open at another node. */
  at(address: string): Phone {
    const other = new Phone(address, this.#headers);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  async #ask(path: string, method: string, headers: Record<string, string> = {}, text?: string): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await ask(`${this.#address}${path}`, method, {
      headers: { ...this.#headers, ...(cookie && { cookie }), ...headers },
      ...(text !== undefined && { text }),
    });
    for (const line of answer.headers.getSetCookie()) {
      this.told.push(line);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    return answer;
  }
}
