import type { HallEvent } from '../domain/events.ts';
import type { AgencyId, ServiceId } from '../domain/ids.ts';
import { isServiceOf } from '../domain/of-agency.ts';
import type { BranchSetup } from '../domain/setup.ts';
import type { StoryStep } from '../protocol/past.ts';

/**
 * What a story tells of an event beside its ticket. Codes for who took a ticket and with which phone are not among it
 * (PAST-4).
 */
const told = [
  'counterId',
  'toServiceId',
  'legServiceId',
  'priority',
  'channel',
  'language',
  'journeyId',
  'ahead',
  'bookedFor',
  'why',
  'outcome',
  'quantity',
  'reason',
  'until',
  'reservedFor',
  'agentId',
  'backTo',
  'note',
  'place',
  'action',
  'status',
] as const satisfies readonly Exclude<keyof StoryStep, 'version' | 'at' | 'type' | 'by' | 'serviceId'>[];

/** What an agency is told of what another one did with a visitor whom it was sent: where to, for whom and what was noted. */
const toldOfOthers = new Set<(typeof told)[number]>(['toServiceId', 'reservedFor', 'note']);

/** The steps of a ticket's life, from its events. Throws for an event that is not a ticket's. */
export const storyOf = (events: readonly HallEvent[]): StoryStep[] => events.map((event) => stepOf(event, told));

/**
 * The same for staff of one agency: what was done at its services, and that visitors were sent to them. By the set-up as it
 * is now, for so is the account.
 *
 * @returns `null` when nothing of it is the agency's
 */
export const storyForAgency = (
  events: readonly HallEvent[],
  setup: BranchSetup,
  agencyId: AgencyId,
): { steps: StoryStep[]; isWhole: boolean } | null => {
  const isOwn = (serviceId: string | undefined): boolean =>
    serviceId !== undefined && isServiceOf(setup, serviceId as ServiceId, agencyId);
  const steps: StoryStep[] = [];
  let isWhole = true;
  for (const event of events) {
    const step = stepOf(event, told);
    if (isOwn(step.serviceId)) steps.push(step);
    else if (isOwn(step.toServiceId)) {
      const part = stepOf(
        event,
        told.filter((field) => toldOfOthers.has(field)),
      );
      steps.push({ ...part, by: { kind: part.by.kind } });
      isWhole = false;
    } else isWhole = false;
  }
  return steps.length > 0 ? { steps, isWhole } : null;
};

const stepOf = ({ version, at, type, actor, data }: HallEvent, fields: readonly string[]): StoryStep => {
  if (!('serviceId' in data)) throw new Error(`event ${version}, ${type}, is not a ticket's`);
  const given = Object.entries(data).filter(([key, value]) => fields.includes(key) && value !== null);
  return {
    version,
    at,
    type,
    by: { kind: actor.kind, ...('staffId' in actor && { staffId: actor.staffId }) },
    serviceId: data.serviceId,
    ...Object.fromEntries(given),
  };
};
