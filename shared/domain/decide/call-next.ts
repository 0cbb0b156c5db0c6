import { pickNext } from '../pick-next.ts';
import { refuse } from '../refusal.ts';
import { callToCounter } from './call-to-counter.ts';
import type { Decider } from './decider.ts';

/** Calls whoever is next for this counter (CALL-1). */
export const callNext: Decider<'call-next'> = (hall, setup, command, now) =>
  callToCounter(
    hall,
    setup,
    command,
    now,
    () => pickNext(hall, setup, command.counterId, now) ?? refuse('LINE_EMPTY', { counterId: command.counterId }),
  );
