import { formatNumber } from '../domain/numbers.ts';
import type { BranchView } from '../protocol/branch.ts';
import type { CallEntry, CounterEntry, DayEntry, LineEntry, MissedEntry } from '../protocol/screens.ts';
import type { Entries } from './entries.ts';

/**
 * The board of a hall as it may be on a busy day: somebody is called at every counter, for the service with the longest
 * name, so that what has no room is seen before visitors see it.
 *
 * @param now epoch ms
 */
export const exampleBoard = (branch: BranchView, now: number): Entries => {
  const day: DayEntry = { date: '', isOpen: true };
  const entries = new Map<string, unknown>([['day', day]]);
  const [language = 'en'] = branch.languages;
  const services = [...branch.services].sort((a, b) => lengthOf(b) - lengthOf(a));
  branch.counters.forEach(({ id, serves }, at) => {
    const status: CounterEntry = { status: 'open' };
    entries.set(`counter/${id}`, status);
    const service = services.find((each) => serves.includes(each.id));
    if (!service) return;
    const number = formatNumber(service.prefix, 128 - at);
    const calledAt = now - at * betweenCallsMs - betweenCallsMs;
    const call: CallEntry = {
      number,
      serviceId: service.id,
      counterId: id,
      language,
      calledAt,
      times: 1,
      state: 'called',
    };
    entries.set(`call/${id}`, call);
  });
  services.forEach(({ id }, at) => {
    const line: LineEntry = { waiting: Math.max(1, 24 - at * 3), since: now - 20 * 60_000 };
    entries.set(`line/${id}`, line);
  });
  const missed: MissedEntry = services.slice(0, 4).map(({ id, prefix }, at) => ({
    number: formatNumber(prefix, 90 - at),
    serviceId: id,
    missedAt: now - 5 * 60_000,
  }));
  return entries.set('missed', missed);
};

/** Longer than a call stands out as new, ms. */
const betweenCallsMs = 40_000;

const lengthOf = ({ name }: BranchView['services'][number]): number =>
  Math.max(0, ...Object.values(name).map(({ length }) => length));
