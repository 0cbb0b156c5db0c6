/** A time of day as people type it - 8, 830, 8.30, 08:30 - as `HH:MM`; `null` when it is none. */
export const readTime = (typed: string): string | null => {
  const [, hours, minutes = '00'] = /^\s*(\d{1,2})(?:[:.,\s]?(\d{2}))?\s*$/.exec(typed) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}`;
};
