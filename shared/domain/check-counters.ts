import type { EventData } from './events.ts';
import type { CounterId, StaffId } from './ids.ts';
import type { SeenCounter } from './seen-in-ledger.ts';

/** Checks who sits where: one agent a counter, one counter an agent, no break and no closing with a visitor there (I8). */
export const checkCounters = (
  counters: Map<CounterId, SeenCounter>,
  say: (invariant: 'I8', message: string) => void,
) => {
  const sitDown = (counterId: CounterId, agentId: StaffId, counter: Omit<SeenCounter, 'agentId'>): void => {
    for (const [other, { agentId: there }] of counters) {
      if (there === agentId) say('I8', `agent ${agentId} is at counters ${other} and ${counterId}`);
    }
    counters.set(counterId, { ...counter, agentId });
  };

  return {
    open: ({ counterId, agentId }: EventData['counter.opened']): void => {
      if (counters.has(counterId)) say('I8', `counter ${counterId} was opened while it was open`);
      sitDown(counterId, agentId, { ticketId: null, isPaused: false, act: null });
    },

    takeOver: ({ counterId, agentId, from }: EventData['counter.taken-over']): void => {
      const counter = counters.get(counterId);
      if (!counter) say('I8', `counter ${counterId} was taken over while it was closed`);
      else if (counter.agentId !== from) {
        say('I8', `counter ${counterId} was taken over from agent ${from}, but agent ${counter.agentId} was there`);
      }
      sitDown(counterId, agentId, { ticketId: counter?.ticketId ?? null, isPaused: false, act: null });
    },

    close: (counterId: CounterId): void => {
      const counter = counters.get(counterId);
      if (!counter) say('I8', `counter ${counterId} was closed while it was closed`);
      if (counter?.ticketId) say('I8', `counter ${counterId} was closed with a visitor at it`);
      counters.delete(counterId);
    },

    pause: (counterId: CounterId, isPaused: boolean): void => {
      const counter = counters.get(counterId);
      if (!counter) return say('I8', `a break of counter ${counterId}, which is closed`);
      if (counter.isPaused === isPaused) {
        say('I8', `a break of counter ${counterId} ${isPaused ? 'began during a break' : 'ended that had not begun'}`);
      }
      if (isPaused && counter.ticketId) say('I8', `a break of counter ${counterId} began with a visitor at it`);
      counter.isPaused = isPaused;
      if (isPaused) counter.act = null;
    },
  };
};
