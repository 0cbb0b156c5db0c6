import type { JSONValue } from 'postgres';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';

type Service = Blueprint['services'][number];

/** The rows of a blueprint, columns named as in the tables: what the one statement of an import is given. */
export const rowsOfBlueprint = (blueprint: Blueprint): JSONValue => ({
  branch: {
    name: blueprint.name,
    notes: blueprint.notes ?? null,
    zone: blueprint.zone,
    day_starts_at: blueprint.dayStartsAt,
    languages: blueprint.languages,
    currency: blueprint.currency,
    week_hours: blueprint.hours.week as JSONValue,
    hours_exceptions: (blueprint.hours.exceptions as JSONValue | undefined) ?? null,
    rules: blueprint.rules,
    journeys: blueprint.journeys ?? null,
    screens: blueprint.screens ?? null,
    printers: blueprint.printers ?? null,
  },
  agencies: blueprint.agencies.map(({ id, name }, position) => ({ id, position, name })),
  services: blueprint.services.map((service, position) => ({
    id: service.id,
    position,
    agency_id: service.agency,
    name: service.name,
    prefix: service.prefix,
    standard_minutes: service.standardMinutes ?? null,
    fee: service.fee ?? null,
    requirements: service.requirements ?? null,
    mobile: service.mobile ?? null,
    issuing: issuingOf(service),
    source: service.source,
  })),
  priorities: blueprint.priorities.map(({ id, name, headStartMinutes }, position) => ({
    id,
    position,
    name,
    head_start_minutes: headStartMinutes,
  })),
  counters: blueprint.counters.map(({ id, number, area, serves }, position) => ({
    id,
    position,
    number,
    area: area ?? null,
    agencies: serves.agencies ?? null,
    services: serves.services ?? null,
  })),
});

/** What a service says of when and how often it issues tickets; null when that is nothing. */
const issuingOf = ({ numbers, hours, stopMinutesBeforeClosing, quota, onePerHolder }: Service): JSONValue => {
  const said = { numbers, hours, stopMinutesBeforeClosing, quota, onePerHolder };
  const present = Object.entries(said).filter(([, value]) => value !== undefined);
  return present.length > 0 ? (Object.fromEntries(present) as JSONValue) : null;
};
