import type { MessageKey } from '../locales/translate.ts';

/** What each figure of a report means, in the order of the page (REPORT-4). */
export const definedTerms = [
  ['report.joined', 'report.joinedIs'],
  ['report.wait', 'report.waitIs'],
  ['report.walk', 'report.walkIs'],
  ['report.service', 'report.serviceIs'],
  ['report.median', 'report.medianIs'],
  ['report.within', 'report.withinIs'],
  ['report.kept', 'report.keptIs'],
  ['report.told', 'report.toldIs'],
  ['report.withinStandard', 'report.withinStandardIs'],
  ['report.moved', 'report.movedIs'],
  ['report.abandoned', 'report.abandonedIs'],
  ['report.noShows', 'report.noShowsIs'],
  ['report.rejoined', 'report.rejoinedIs'],
  ['report.outOfTurn', 'report.outOfTurnIs'],
] as const satisfies readonly (readonly [MessageKey, MessageKey])[];
