const name = 'wall';

/** Whether the address asks for the page on a wall: dark and without anything to press. */
export const asksForWall = (): boolean => new URLSearchParams(location.search).has(name);

/** Puts it into the address, so that a screen comes back to it. */
export const keepWall = (isOn: boolean): void => {
  const url = new URL(location.href);
  if (isOn) url.searchParams.set(name, '1');
  else url.searchParams.delete(name);
  history.replaceState(null, '', url);
};
