import type { HelpCalls } from '../protocol/help.ts';

type Call = HelpCalls['calls'][number];

/** A call as one of the staff sees it: of a kiosk, of the own counter, or of a colleague's (HELP-3). */
export type HelpCall = Pick<Call, 'place' | 'calledAt' | 'answeredBy'> & {
  /** Whether somebody said that they go there. */
  readonly answered: boolean;
  /** Whether a colleague is in trouble and nobody has said so yet: it is to be seen and heard. */
  readonly isUrgent: boolean;
} & (
    | ({ readonly kind: 'kiosk' } & Pick<Call, 'name' | 'area'>)
    | { readonly kind: 'own' }
    | { readonly kind: 'counter'; readonly counterId: string; readonly calledBy: string }
  );

const beforeCounter = 'counter-'.length;

/** @param myId the name that whoever looks signs in with */
export const helpOf = (calls: readonly Call[], myId: string): HelpCall[] =>
  calls.map(({ place, name, area, calledAt, calledBy, answeredBy }): HelpCall => {
    const common = { place, calledAt, answeredBy, answered: answeredBy !== null };
    if (calledBy === null) return { ...common, isUrgent: false, kind: 'kiosk', name, area };
    if (calledBy === myId) return { ...common, isUrgent: false, kind: 'own' };
    return {
      ...common,
      isUrgent: answeredBy === null,
      kind: 'counter',
      counterId: place.slice(beforeCounter),
      calledBy,
    };
  });
