/** From which share of a standard on it is nearly used up. */
const nearlyFrom = 0.8;

/** How a service that goes on stands against its own standard. @param ms so far @param standardMinutes of the service */
export const againstStandard = (ms: number, standardMinutes: number): 'within' | 'nearly' | 'over' => {
  const share = ms / (standardMinutes * 60_000);
  if (share > 1) return 'over';
  return share >= nearlyFrom ? 'nearly' : 'within';
};
