import { type AnnouncementRule, type BranchSetup, undoWithinMs, usualAnnouncements } from '../domain/setup.ts';
import type { BranchView } from '../protocol/branch.ts';
import { waitTargetOf } from '../protocol/report.ts';

/** The public part of a branch's set-up. */
export const branchView = (setup: BranchSetup, revision: number): BranchView => ({
  id: setup.branchId,
  revision,
  name: { ...setup.name },
  zone: setup.zone,
  languages: [...setup.languages],
  currency: setup.currency,
  agencies: [...setup.agencies.values()].map(({ id, name }) => ({ id, name: { ...name } })),
  services: [...setup.services.values()].map((service) => ({
    id: service.id,
    agencyId: service.agencyId,
    name: { ...service.name },
    prefix: service.prefix,
    ...(service.standardMinutes !== undefined && { standardMinutes: service.standardMinutes }),
    ...(service.fee !== undefined && { fee: service.fee }),
    ...(service.quota !== undefined && { quota: service.quota }),
    ...(service.onePerHolder !== undefined && { onePerHolder: service.onePerHolder }),
    ...(service.requirements !== undefined && {
      requirements: Object.fromEntries(Object.entries(service.requirements).map(([tag, papers]) => [tag, [...papers]])),
    }),
  })),
  counters: [...setup.counters.values()].map(({ id, number, area, serves }) => ({
    id,
    number,
    ...(area !== undefined && { area: { ...area } }),
    serves: [...serves],
  })),
  priorities: [...setup.priorities.values()].map(({ id, name }) => ({ id, name: { ...name } })),
  journeys: [...setup.journeys.values()].map(({ id, name, steps }) => ({
    id,
    name: { ...name },
    steps: steps.map((services) => [...services]),
  })),
  screens: [...setup.screens.values()].map(({ id, layout, counters, notice, media, volume }) => ({
    id,
    layout,
    ...(counters && { counters: [...counters] }),
    ...(notice && { notice: { ...notice } }),
    ...(media && { media: { files: [...media.files], pictureMs: media.pictureMs } }),
    ...(volume !== undefined && { volume }),
  })),
  hasPrinters: setup.printers.size > 0,
  announcements: announcementsOf(setup.rules.announcements ?? usualAnnouncements),
  ...(setup.rules.recordings && { recordings: setup.rules.recordings.map((recording) => ({ ...recording })) }),
  ...(setup.rules.callColour !== undefined && { callColour: setup.rules.callColour }),
  rules: {
    confirmsArrival: setup.rules.confirmsArrival,
    callNextFinishes: setup.rules.callNextFinishes,
    agentsMayChoose: setup.rules.agentsMayChoose ?? false,
    hidesLine: setup.rules.hidesLine ?? false,
    openScreens: setup.rules.openScreens ?? false,
    remoteJoining: setup.rules.remoteJoining ?? false,
    missedMayReturn: setup.rules.rejoin !== undefined,
    ...(setup.rules.rejoin?.withinMs !== undefined && { missedReturnWithinMs: setup.rules.rejoin.withinMs }),
    waitTargetMinutes: waitTargetOf(setup.rules),
    undoWithinMs: setup.rules.undoWithinMs ?? undoWithinMs,
    ...(setup.rules.nextAfterMs !== undefined && { nextAfterMs: setup.rules.nextAfterMs }),
  },
});

const announcementsOf = ({ quiet, ...rest }: AnnouncementRule): BranchView['announcements'] => ({
  ...rest,
  ...(quiet && { quiet: { ...quiet } }),
});
