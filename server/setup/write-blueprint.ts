import { IsArray, IsObject, type TSchema } from 'typebox';
import { Document, isMap, isScalar } from 'yaml';
import { Zone } from '@antrean/shared/protocol/blueprint-screens.ts';
import { Blueprint, weekdays } from '@antrean/shared/protocol/blueprint.ts';

/**
 * A blueprint as YAML 1.2 in the one form that export writes: fields in the order of docs/blueprint.md, texts in the order
 * of the hall's languages, one value a line. Two equal blueprints give the same bytes.
 */
export const writeBlueprint = (blueprint: Blueprint): string => {
  // Quoted where YAML 1.1 would read something else (`04:00` as a number, `yes` as true): other tools open these files too.
  const document = new Document(null, { version: '1.2', compat: 'yaml-1.1' });
  const flow = (value: unknown): unknown => document.createNode(value, { flow: true });
  document.contents = document.createNode(inOrder(blueprint, flow)) as typeof document.contents;
  if (isMap(document.contents)) {
    for (const { key } of document.contents.items) {
      if (isScalar(key) && sections.has(String(key.value))) key.spaceBefore = true;
    }
  }
  return document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: true });
};

/** Fields that begin a part of the file, after an empty line. */
const sections: ReadonlySet<string> = new Set([
  'hours',
  'rules',
  'priorities',
  'agencies',
  'services',
  'counters',
  'journeys',
  'screens',
  'printers',
]);

const inOrder = (blueprint: Blueprint, flow: (value: unknown) => unknown): object => {
  const texts = <Value>(by: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(blueprint.languages.flatMap((language) => (language in by ? [[language, by[language]!]] : [])));
  const hours = ({ week, exceptions }: Blueprint['hours']): object =>
    present({
      week: weekInOrder(week, flow),
      exceptions: exceptions?.map((each) => ({
        name: texts(each.name),
        from: each.from,
        to: each.to,
        week: weekInOrder(each.week, flow),
      })),
    });
  return present({
    format: blueprint.format,
    branch: blueprint.branch,
    name: texts(blueprint.name),
    notes: blueprint.notes,
    zone: blueprint.zone,
    dayStartsAt: blueprint.dayStartsAt,
    languages: flow(blueprint.languages),
    currency: blueprint.currency,
    hours: hours(blueprint.hours),
    rules: asInSchema(Blueprint.properties.rules, blueprint.rules, flow),
    priorities: blueprint.priorities.map(({ id, name, headStartMinutes }) => ({
      id,
      name: texts(name),
      headStartMinutes,
    })),
    agencies: blueprint.agencies.map(({ id, name }) => ({ id, name: texts(name) })),
    services: blueprint.services.map((service) =>
      present({
        id: service.id,
        agency: service.agency,
        name: texts(service.name),
        prefix: service.prefix,
        numbers:
          service.numbers &&
          flow(asInSchema(Blueprint.properties.services.items.properties.numbers, service.numbers, flow)),
        standardMinutes: service.standardMinutes,
        fee: service.fee,
        requirements: service.requirements && texts(service.requirements),
        mobile: service.mobile,
        hours: service.hours && hours(service.hours),
        stopMinutesBeforeClosing: service.stopMinutesBeforeClosing,
        quota: service.quota,
        onePerHolder: service.onePerHolder,
        source: service.source,
      }),
    ),
    counters: blueprint.counters.map(({ id, number, area, serves }) =>
      present({
        id,
        number,
        area: area && texts(area),
        serves: present({
          agencies: serves.agencies && flow(serves.agencies),
          services: serves.services && flow(serves.services),
        }),
      }),
    ),
    journeys: blueprint.journeys?.map(({ id, name, steps, source }) => ({
      id,
      name: texts(name),
      steps: steps.map(flow),
      source,
    })),
    screens: blueprint.screens?.map(({ id, name, layout, zone, notice, media, volume }) =>
      present({
        id,
        name: name && texts(name),
        layout,
        zone: zone && asInSchema(Zone, zone, flow),
        notice: notice && texts(notice),
        // A file's id is long: one a line.
        media: media && present({ files: media.files, pictureSeconds: media.pictureSeconds }),
        volume,
      }),
    ),
    printers: blueprint.printers?.map(({ id, name, address, port, paper }) =>
      present({ id, name: name && texts(name), address, port, paper }),
    ),
  });
};

const weekInOrder = (week: Blueprint['hours']['week'], flow: (value: unknown) => unknown): object =>
  present(
    Object.fromEntries(
      weekdays.map((weekday) => {
        const day = week[weekday];
        if (!day) return [weekday, undefined];
        const breaks = day.breaks?.map(({ from, to }) => ({ from, to }));
        return [weekday, flow(present({ opens: day.opens, closes: day.closes, breaks }))];
      }),
    ),
  );

/** The value's fields in the order of their schema, at any depth; a list of plain values stands on one line. */
const asInSchema = (schema: TSchema, value: unknown, flow: (value: unknown) => unknown): unknown => {
  if (IsArray(schema) && Array.isArray(value)) {
    return IsObject(schema.items) ? value.map((item) => asInSchema(schema.items, item, flow)) : flow(value);
  }
  if (!IsObject(schema) || typeof value !== 'object' || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  return present(
    Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, asInSchema(field, fields[name], flow)]),
    ),
  );
};

/** Leaves out the fields that are not there. */
const present = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
