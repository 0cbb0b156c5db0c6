/** A message of a node to its screens, written once for all of them, as socket.io does. */
export class Packet {
  readonly #text: string;
  #message: unknown;

  constructor(message: unknown) {
    this.#text = JSON.stringify(message);
  }

  /** The message as it arrives. All who get it share it: whoever changed it would show the others what nobody sent. */
  get message(): unknown {
    return (this.#message ??= frozen(JSON.parse(this.#text)));
  }
}

const frozen = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
};
