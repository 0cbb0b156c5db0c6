/** Where somebody is, as the page's address says it, so that it can be sent to others: `?branch=ID&day=…&at=…&ticket=A012`. */
export interface Place {
  /** `YYYY-MM-DD` */
  readonly day: string | null;
  /** Epoch ms. */
  readonly at: number | null;
  readonly ticket: string | null;
}

export const readPlace = (): Place => {
  const asked = new URLSearchParams(location.search);
  const [day, at] = [asked.get('day'), asked.get('at')];
  return {
    day: day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null,
    at: at !== null && /^\d{1,15}$/.test(at) ? Number(at) : null,
    ticket: asked.get('ticket'),
  };
};

/** Changes the address, not the history: going back leads away from the page and not through every minute. */
export const writePlace = (change: Readonly<Partial<Record<'day' | 'at' | 'ticket', string | null>>>): void => {
  history.replaceState(history.state, '', `?${changed(change).toString()}`);
};

/** What the address of another page of the same hall begins with. */
export const searchWithoutPlace = (): string => {
  const search = changed({ day: null, at: null, ticket: null }).toString();
  return search === '' ? '' : `?${search}`;
};

const changed = (change: Readonly<Record<string, string | null>>): URLSearchParams => {
  const parameters = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(change)) {
    if (value === null) parameters.delete(key);
    else parameters.set(key, value);
  }
  return parameters;
};
