import type { ServiceId } from '../ids.ts';
import type { PlannedVisit, Step } from './plan-day.ts';

/** How long walking to the counter and being served there take, ms. */
export interface UsualTimes {
  readonly walkMs: number;
  readonly serveMs: number;
}

/** Where nobody was served all day. */
const unknown: UsualTimes = { walkMs: 0, serveMs: 5 * 60_000 };

/**
 * What is assumed for whoever was not served in truth but is called in a run of other rules: the median of the service
 * on that day, else of all its services.
 */
export const usualTimesOf = (visits: readonly PlannedVisit[]): ((serviceId: ServiceId) => UsualTimes) => {
  const byService = new Map<ServiceId, UsualTimes[]>();
  for (const { steps } of visits) {
    for (const [index, step] of steps.entries()) {
      const times = step.type === 'called' && turnAfter(steps.slice(index + 1));
      if (!times) continue;
      const seen = byService.get(step.data.serviceId);
      if (seen) seen.push(times);
      else byService.set(step.data.serviceId, [times]);
    }
  }
  const medians = new Map([...byService].map(([id, times]) => [id, medianOf(times)]));
  const ofAll = medianOf([...byService.values()].flat());
  return (serviceId) => medians.get(serviceId) ?? ofAll;
};

/** The times of one who came when called and was served to the end; `null` where something else happened. */
const turnAfter = (steps: readonly Step[]): UsualTimes | null => {
  const times = { walkMs: 0, serveMs: 0 };
  let hasStarted = false;
  for (const { type, afterMs } of steps) {
    if (hasStarted) times.serveMs += afterMs;
    else times.walkMs += afterMs;
    if (type === 'started') hasStarted = true;
    else if (type === 'finished' || type === 'went-on') {
      // Where arrivals are not confirmed the walk is part of the service.
      return hasStarted ? times : { walkMs: 0, serveMs: times.walkMs };
    } else if (type !== 'recalled' && type !== 'leg-added') return null;
  }
  return null;
};

const medianOf = (times: readonly UsualTimes[]): UsualTimes => {
  const median = (values: readonly number[], otherwise: number): number =>
    values.toSorted((a, b) => a - b)[values.length >> 1] ?? otherwise;
  return {
    walkMs: median(
      times.map(({ walkMs }) => walkMs),
      unknown.walkMs,
    ),
    serveMs: median(
      times.map(({ serveMs }) => serveMs),
      unknown.serveMs,
    ),
  };
};
