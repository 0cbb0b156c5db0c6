import { staffRoles } from '../domain/permissions.ts';
import type { MessageKey, MessageValues, Translate } from '../locales/translate.ts';
import type { StoryStep } from '../protocol/past.ts';
import { timeIn } from './date-text.ts';
import { sayFixed } from './fixed-reasons.ts';
import type { HallNames } from './hall-names.ts';
import { sayRole } from './say-audit.ts';
import { sayReason } from './say-reason.ts';

/** What happened to a ticket in one step of its story, as a sentence (PAST-4). The event's own name where this page does not know it yet. */
export const sayStep = (step: StoryStep, say: Translate, names: HallNames, language: string): string => {
  try {
    return say(`story.${step.type.replace(/^ticket\./, '')}` as MessageKey, valuesOf(step, say, names, language));
  } catch {
    return step.type;
  }
};

/** Whose act it was: an account by its id where that is told, everybody else in a word. */
export const sayWho = ({ by: { kind, staffId } }: Pick<StoryStep, 'by'>, say: Translate): string =>
  staffId ?? ((staffRoles as readonly string[]).includes(kind) ? sayRole(kind, say) : say('story.by', { kind }));

const valuesOf = (step: StoryStep, say: Translate, names: HallNames, language: string): MessageValues => {
  const { counterId, priority, why, outcome, reason, until, reservedFor, agentId, bookedFor } = step;
  const at = reservedFor?.counterId;
  return {
    service: names.service(step.serviceId, language),
    toService: names.service(step.toServiceId ?? step.serviceId, language),
    legService: names.service(step.legServiceId ?? '', language),
    counter: counterId === undefined ? '' : names.counterNumber(counterId),
    isAtCounter: String(counterId !== undefined),
    isPriority: String(priority !== undefined),
    priority: priority === undefined ? '' : names.priority(priority, language),
    channel: step.channel ?? '',
    ahead: step.ahead ?? 0,
    isBooked: String(bookedFor !== undefined),
    hour: bookedFor === undefined ? '' : timeIn(names.zone, bookedFor),
    why: why ? sayReason(say, why, names.zone) : '',
    isSaid: String(outcome !== undefined),
    outcome: outcome === undefined ? '' : sayFixed(say, 'outcome', outcome),
    hold: reason === undefined ? '' : sayFixed(say, 'hold', reason),
    reason: reason ?? '',
    until: until === undefined ? '' : timeIn(names.zone, until),
    kept: at !== undefined ? 'counter' : reservedFor?.agentId !== undefined ? 'agent' : 'nobody',
    keeper: at !== undefined ? names.counterNumber(at) : (reservedFor?.agentId ?? agentId ?? ''),
    isNoted: String(step.note !== undefined),
    place: step.place ?? '',
    action: step.action ?? '',
  };
};
