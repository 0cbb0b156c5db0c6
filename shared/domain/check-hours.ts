import { Temporal } from 'temporal-polyfill';
import type { BlueprintFault } from './blueprint-fault.ts';
import { list, record, text, type Path } from './draft.ts';

/** Hours end after they begin, breaks lie within them in order, and no day of the hall or of a service is cut in two by `dayStartsAt`. */
export const checkHours = (draft: unknown): BlueprintFault[] => {
  const { hours, services, dayStartsAt } = record(draft);
  const starts = time(dayStartsAt);
  return [
    ...checkOpening(hours, ['hours'], starts),
    ...list(services).flatMap((service, at) =>
      checkOpening(record(service)['hours'], ['services', at, 'hours'], starts),
    ),
  ];
};

const checkOpening = (hours: unknown, path: Path, starts: string | undefined): BlueprintFault[] => {
  const { week, exceptions } = record(hours);
  return [
    ...checkWeek(week, [...path, 'week'], starts),
    ...list(exceptions).flatMap((exception, at) => {
      const place = [...path, 'exceptions', at] as const;
      return [...checkDates(exception, place), ...checkWeek(record(exception)['week'], [...place, 'week'], starts)];
    }),
  ];
};

/** Times of one length compare as texts. */
const time = (value: unknown): string | undefined => {
  const given = text(value);
  return given !== undefined && /^\d\d:\d\d$/.test(given) ? given : undefined;
};

const checkWeek = (week: unknown, path: Path, dayStartsAt: string | undefined): BlueprintFault[] =>
  Object.entries(record(week)).flatMap(([weekday, hours]) => checkDay(hours, [...path, weekday], dayStartsAt));

const checkDay = (hours: unknown, path: Path, dayStartsAt: string | undefined): BlueprintFault[] => {
  const opens = time(record(hours)['opens']);
  const closes = time(record(hours)['closes']);
  const faults: BlueprintFault[] = [];
  if (opens !== undefined && closes !== undefined) {
    if (closes <= opens) {
      const message = `the day closes at ${closes} but opens at ${opens}: closes must be later than opens`;
      faults.push({ path: [...path, 'closes'], code: 'HOURS_END_BEFORE_BEGIN', message });
    } else if (dayStartsAt !== undefined && opens < dayStartsAt && dayStartsAt < closes) {
      const message = `the business day begins at ${dayStartsAt}, within these hours: move dayStartsAt to a time when the hall is closed`;
      faults.push({ path: [...path, 'opens'], code: 'HOURS_CROSS_DAY_START', message });
    }
  }
  return [...faults, ...checkBreaks(record(hours)['breaks'], [...path, 'breaks'], opens, closes)];
};

const checkBreaks = (
  breaks: unknown,
  path: Path,
  opens: string | undefined,
  closes: string | undefined,
): BlueprintFault[] => {
  let freeFrom = opens;
  return list(breaks).flatMap((each, at): BlueprintFault[] => {
    const from = time(record(each)['from']);
    const to = time(record(each)['to']);
    if (from === undefined || to === undefined) return [];
    if (to <= from) {
      const message = `the break ends at ${to} but begins at ${from}: to must be later than from`;
      return [{ path: [...path, at, 'to'], code: 'HOURS_END_BEFORE_BEGIN', message }];
    }
    const isOutside = (freeFrom !== undefined && from < freeFrom) || (closes !== undefined && to > closes);
    freeFrom = to;
    if (!isOutside) return [];
    const message = `the break ${from} to ${to} must lie within the opening hours, after the break before it`;
    return [{ path: [...path, at, 'from'], code: 'BREAK_OUTSIDE_HOURS', message }];
  });
};

const checkDates = (exception: unknown, path: Path): BlueprintFault[] => {
  const { from, to } = record(exception);
  const faults = Object.entries({ from, to }).flatMap(([field, value]): BlueprintFault[] => {
    const date = text(value);
    if (date === undefined || !isWrittenAsDate(date) || isDate(date)) return [];
    const message = `there is no date ${date}: correct it`;
    return [{ path: [...path, field], code: 'NO_SUCH_DATE', message }];
  });
  const first = text(from);
  const last = text(to);
  if (faults.length > 0 || first === undefined || last === undefined || last >= first) return faults;
  const message = `the dates end on ${last} but begin on ${first}: to must not be before from`;
  return [{ path: [...path, 'to'], code: 'DATES_END_BEFORE_BEGIN', message }];
};

const isWrittenAsDate = (value: string): boolean => /^\d{4}-\d\d-\d\d$/.test(value);

const isDate = (value: string): boolean => {
  try {
    Temporal.PlainDate.from(value, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
};
