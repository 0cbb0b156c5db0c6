import type { HallEvent } from '../domain/events.ts';
import type { Hall } from '../domain/hall.ts';
import type { AudienceName } from '../protocol/screens.ts';
import { boardKeys, boardTouched, boardValue } from './board.ts';
import { floorKeys, floorTouched, floorValue } from './floor.ts';

/** How one audience sees a hall: which entries there are, what each says, and which an event may change. */
export interface Audience {
  readonly keys: (hall: Hall) => Iterable<string>;
  /** The entry's value, `undefined` when there is no such entry now. */
  readonly value: (hall: Hall, key: string) => unknown;
  /** The keys whose value the event may have changed; `before` is the hall the event happened to. */
  readonly touched: (event: HallEvent, before: Hall) => readonly string[];
}

export const audienceOf: Readonly<Record<AudienceName, Audience>> = {
  board: { keys: boardKeys, value: boardValue, touched: boardTouched },
  floor: { keys: floorKeys, value: floorValue, touched: floorTouched },
};

/** Everything an audience sees of a hall, by key. */
export const viewOf = (audience: AudienceName, hall: Hall): Map<string, unknown> => {
  const { keys, value } = audienceOf[audience];
  const view = new Map<string, unknown>();
  for (const key of keys(hall)) {
    const entry = value(hall, key);
    if (entry !== undefined) view.set(key, entry);
  }
  return view;
};

/** Events that only change how many wait may be told together, at most four times a second; all others at once. */
export const mayWait = (event: HallEvent, before: Hall): boolean =>
  event.type === 'ticket.issued' ||
  (event.type === 'ticket.cancelled' && before.tickets.get(event.data.ticketId)?.status === 'waiting') ||
  event.type === 'ticket.no-showed' ||
  event.type === 'ticket.rejoined' ||
  event.type === 'ticket.reassigned';
