/**
 * A time zone without summer time in which it is about noon now. A hall of a test has it, so that neither midnight nor the
 * turn of its business day nor the end of its hours comes while the test runs, whatever the hour of whoever runs it.
 *
 * @returns IANA zone; `Etc` counts what others call +05:00 as -5
 */
export const middayZone = (): string => {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
};
