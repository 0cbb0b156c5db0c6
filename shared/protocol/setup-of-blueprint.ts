import type { AgencyId, BranchId, CounterId, JourneyId, PriorityId, ServiceId } from '../domain/ids.ts';
import {
  type Agency,
  type AlertLimits,
  type AppointmentRule,
  type BranchSetup,
  type Counter,
  type HallMedia,
  type HallPrinter,
  type HallRules,
  type HallScreen,
  type Journey,
  type MoreTimeRule,
  type PriorityClass,
  type RejoinRule,
  type Service,
  type UnansweredRule,
  usualAnnouncements,
  usualPictureSeconds,
} from '../domain/setup.ts';
import type { Blueprint } from './blueprint.ts';

const minuteMs = 60_000;

/** What the rules need of a checked blueprint; maps keep the order of the file. */
export const setupOfBlueprint = (blueprint: Blueprint): BranchSetup => ({
  branchId: blueprint.branch as BranchId,
  name: blueprint.name,
  zone: blueprint.zone,
  dayStartsAt: blueprint.dayStartsAt,
  languages: blueprint.languages,
  currency: blueprint.currency,
  hours: blueprint.hours,
  agencies: byId(blueprint.agencies.map(agencyOf)),
  services: byId(blueprint.services.map(serviceOf)),
  counters: byId(blueprint.counters.map((counter) => counterOf(counter, blueprint))),
  priorities: byId(blueprint.priorities.map(priorityOf)),
  journeys: byId((blueprint.journeys ?? []).map(journeyOf)),
  screens: byId((blueprint.screens ?? []).map((screen) => screenOf(screen, blueprint))),
  printers: byId((blueprint.printers ?? []).map(printerOf)),
  rules: rulesOf(blueprint.rules),
});

const byId = <Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<Item['id'], Item> =>
  new Map(items.map((item) => [item.id, item]));

const agencyOf = ({ id, name }: Blueprint['agencies'][number]): Agency => ({ id: id as AgencyId, name });

const serviceOf = ({ id, agency, stopMinutesBeforeClosing, ...rest }: Blueprint['services'][number]): Service => ({
  ...rest,
  ...stopOf(stopMinutesBeforeClosing),
  id: id as ServiceId,
  agencyId: agency as AgencyId,
});

const counterOf = ({ id, serves, ...rest }: Blueprint['counters'][number], { services, rules }: Blueprint): Counter => {
  const msByService = (entries: readonly { of: Blueprint['counters'][number]['serves']; minutes: number }[]) =>
    new Map(
      entries.flatMap(({ of, minutes }) => idsOf(of, services).map((each) => [each, minutes * minuteMs] as const)),
    );
  const laterMs = msByService(
    (rules.skills ?? [])
      .filter(({ counters }) => counters.includes(id))
      .map(({ of, laterMinutes }) => ({ of, minutes: laterMinutes })),
  );
  const helpsAfterMs = msByService(
    (rules.helps ?? [])
      .filter(({ counters }) => counters.includes(id))
      .map((help) => ({ of: help.with, minutes: help.afterMinutes })),
  );
  return {
    ...rest,
    id: id as CounterId,
    serves: new Set(idsOf(serves, services)),
    ...(laterMs.size > 0 && { laterMs }),
    ...(helpsAfterMs.size > 0 && { helpsAfterMs }),
  };
};

/** The services that a part of the blueprint names, by their agencies or one by one, in the order of the file. */
const idsOf = (named: Blueprint['counters'][number]['serves'], services: Blueprint['services']): readonly ServiceId[] =>
  services
    .filter((service) => named.agencies?.includes(service.agency) || named.services?.includes(service.id))
    .map((service) => service.id as ServiceId);

const priorityOf = ({ id, name, headStartMinutes }: Blueprint['priorities'][number]): PriorityClass => ({
  id: id as PriorityId,
  name,
  headStartMs: headStartMinutes * minuteMs,
});

const journeyOf = ({ id, name, steps, source }: NonNullable<Blueprint['journeys']>[number]): Journey => ({
  id: id as JourneyId,
  name,
  steps: steps.map((services) => services.map((service) => service as ServiceId)),
  source,
});

const screenOf = (
  { id, name, layout, zone, notice, media, volume }: NonNullable<Blueprint['screens']>[number],
  { counters, services }: Blueprint,
): HallScreen => {
  const screen: HallScreen = {
    id,
    layout,
    ...(name && { name }),
    ...(notice && { notice }),
    ...(media && { media: mediaOf(media) }),
    ...(volume !== undefined && { volume }),
  };
  if (!zone) return screen;
  const isIn = ({ id: counter, area, serves }: Blueprint['counters'][number]): boolean =>
    (zone.counters ?? []).includes(counter) ||
    Object.values(area ?? {}).some((name) => zone.areas?.includes(name)) ||
    services.some(
      ({ id: service, agency }) =>
        zone.agencies?.includes(agency) && (serves.agencies?.includes(agency) || serves.services?.includes(service)),
    );
  return { ...screen, counters: counters.filter(isIn).map((counter) => counter.id as CounterId) };
};

const mediaOf = ({
  files,
  pictureSeconds = usualPictureSeconds,
}: NonNullable<NonNullable<Blueprint['screens']>[number]['media']>): HallMedia => ({
  files,
  pictureMs: pictureSeconds * 1_000,
});

/** Where network printers listen. */
const usualPort = 9_100;

const printerOf = ({
  port = usualPort,
  paper = 80,
  ...rest
}: NonNullable<Blueprint['printers']>[number]): HallPrinter => ({
  ...rest,
  port,
  paper,
});

const rulesOf = ({
  confirmsArrival,
  callNextFinishes,
  callByMinutes,
  unanswered,
  rejoin,
  moreTime,
  undoSeconds,
  nextAfterSeconds,
  contactHours,
  agentsMayChoose,
  hidesLine,
  openScreens,
  remoteJoining,
  survey,
  webPush,
  ratio,
  appointments,
  announcements,
  recordings,
  waitTargetMinutes,
  alertWaitMinutes,
  alertWaiting,
  alertShareWithinTarget,
  alertServingMinutes,
  alertDeviceSilentMinutes,
  callColour,
  issuesOnlyInHours,
  stopMinutesBeforeClosing,
}: Blueprint['rules']): HallRules => ({
  confirmsArrival,
  callNextFinishes,
  ...(issuesOnlyInHours !== undefined && { issuesOnlyInHours }),
  ...stopOf(stopMinutesBeforeClosing),
  ...(callByMinutes !== undefined && { callByMs: callByMinutes * minuteMs }),
  ...(unanswered && { unanswered: unansweredOf(unanswered) }),
  ...(rejoin && { rejoin: rejoinOf(rejoin) }),
  ...(moreTime && { moreTime: moreTimeOf(moreTime) }),
  ...(undoSeconds !== undefined && { undoWithinMs: undoSeconds * 1_000 }),
  ...(nextAfterSeconds !== undefined && { nextAfterMs: nextAfterSeconds * 1_000 }),
  ...(contactHours !== undefined && { contactMs: contactHours * 60 * minuteMs }),
  ...(agentsMayChoose !== undefined && { agentsMayChoose }),
  ...(appointments && { appointments: appointmentsOf(appointments) }),
  ...(announcements && { announcements: { ...usualAnnouncements, ...announcements } }),
  ...(recordings && { recordings }),
  ...(waitTargetMinutes !== undefined && { waitTargetMinutes }),
  ...alertsOf({
    ...(alertWaitMinutes !== undefined && { waitMinutes: alertWaitMinutes }),
    ...(alertWaiting !== undefined && { waiting: alertWaiting }),
    ...(alertShareWithinTarget !== undefined && { sharePercent: alertShareWithinTarget }),
    ...(alertServingMinutes !== undefined && { servingMinutes: alertServingMinutes }),
    ...(alertDeviceSilentMinutes !== undefined && { silentMinutes: alertDeviceSilentMinutes }),
  }),
  ...(callColour !== undefined && { callColour }),
  ...(hidesLine !== undefined && { hidesLine }),
  ...(openScreens !== undefined && { openScreens }),
  ...(remoteJoining !== undefined && { remoteJoining }),
  ...(survey !== undefined && { survey }),
  ...(webPush !== undefined && { webPush }),
  ...(ratio && { ratio }),
});

const alertsOf = (alerts: AlertLimits): Pick<HallRules, 'alerts'> => (Object.keys(alerts).length > 0 ? { alerts } : {});

const unansweredOf = ({ afterSeconds, ...rest }: NonNullable<Blueprint['rules']['unanswered']>): UnansweredRule => ({
  ...rest,
  afterMs: afterSeconds * 1_000,
});

const appointmentsOf = ({
  earlyMinutes = 30,
  lateMinutes = 10,
}: NonNullable<Blueprint['rules']['appointments']>): AppointmentRule => ({
  earlyMs: earlyMinutes * minuteMs,
  lateMs: lateMinutes * minuteMs,
});

const rejoinOf = ({ withinMinutes, ...rest }: NonNullable<Blueprint['rules']['rejoin']>): RejoinRule => ({
  ...rest,
  ...(withinMinutes !== undefined && { withinMs: withinMinutes * minuteMs }),
});

const moreTimeOf = ({ minutes, times }: NonNullable<Blueprint['rules']['moreTime']>): MoreTimeRule => ({
  forMs: minutes * minuteMs,
  times,
});

const stopOf = (minutes: number | undefined): Pick<HallRules, 'stopBeforeClosingMs'> =>
  minutes === undefined ? {} : { stopBeforeClosingMs: minutes * minuteMs };
