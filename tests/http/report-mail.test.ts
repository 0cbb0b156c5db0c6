import { createStaff } from '@antrean/server/access/create-staff.ts';
import { VisitLegs } from '@antrean/server/insight/keep-legs.ts';
import { connectPostgres } from '@antrean/server/ledger/connect-postgres.ts';
import { databaseClock } from '@antrean/server/ledger/database-clock.ts';
import { connectScoped } from '@antrean/server/ledger/in-scope.ts';
import { type AskedMail, writeReport } from '@antrean/server/report-mail/write-report.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { businessDate, businessDayEnd } from '@antrean/shared/domain/business-day.ts';
import type { AgencyId, BranchId } from '@antrean/shared/domain/ids.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import type { ReportFigures } from '@antrean/shared/protocol/report.ts';
import type { ReportSubscribersView, ReportSubscriberView } from '@antrean/shared/protocol/report-mail.ts';
import { keptOf, lengthText, percentText } from '@antrean/shared/views/say-report.ts';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { MailSink } from '../harness/mail-sink.ts';
import { plainHall, twoAgencies } from '../harness/plain-hall.ts';
import { plantDays } from '../harness/plant-days.ts';
import { plantLedger } from '../harness/plant-ledger.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
import { agencyOf, blueprint as made, branch as madeBranch, dates, events, legs, reckoned } from './made-days.ts';

/** A hall with three days of two tickets each before today. */
const past = 'past';
const sink = new MailSink();
let hall: TestHall;
let chief: Record<string, string>;
beforeAll(async () => {
  await sink.be('takes');
  hall = await startTestHall({
    nodeCount: 2,
    mail: { smtpUrl: sink.url, from: 'Queue <queue@hall.example>' },
    publicUrl: new URL('https://queue.example'),
  });
  await openHall(hall.managers[0]!, 1);
  await hall.visitors[0]!.post('/tickets', { serviceId: 'S-1' });
  await importBlueprint(hall.sql, { ...plainHall, branch: past });
  await plantDays(hall.sql, { from: hall.branchId, to: past, days: 3, tickets: 2 });
  await plantLedger(hall.sql, madeBranch, events);
  await importBlueprint(hall.sql, made);
  const account = { login: 'chief', displayName: 'Chief', role: 'administrator', branchId: null } as const;
  const password = await createStaff(hall.sql, account);
  const answer = await ask(`${hall.nodes[0]!.address}/v1/sign-in`, 'POST', { body: { login: 'chief', password } });
  chief = { cookie: answer.headers.getSetCookie()[0]!.split(';')[0]! };
}, 60_000);
afterEach(async () => {
  await hall.sql`delete from report_subscriber`;
  await sink.be('takes');
  sink.taken.splice(0);
});
afterAll(async () => {
  await hall?.stop();
  await sink.stop();
});

const path = (rest = '', branch = past): string =>
  `${hall.nodes[0]!.address}/v1/branches/${branch}/report-subscribers${rest}`;
const add = (body: object, branch = past): Promise<Answer> =>
  ask(path('', branch), 'POST', { headers: chief, body: { address: 'a@hall.example', language: 'en', ...body } });
const listed = async (): Promise<readonly ReportSubscriberView[]> =>
  ((await ask(path(), 'GET', { headers: chief })).body as unknown as ReportSubscribersView).subscribers;
const { zone, dayStartsAt } = plainHall;
const dayMs = 86_400_000;
const daysAgo = (days: number): string => {
  const today = businessDate(Date.now(), zone, dayStartsAt);
  return new Date(Date.parse(today) - days * dayMs).toISOString().slice(0, 10);
};
/** As if what is next had been so since then, and were due. */
const due = (from: string) =>
  hall.sql`update report_subscriber set next_from = ${from}::date, next_at = now(), tries = 0`;
const patient = { withinMs: 20_000 };
const becomes = (expected: object): Promise<number> =>
  waitUntil(
    JSON.stringify(expected),
    async () => {
      expect((await listed())[0]).toMatchObject(expected);
      return true;
    },
    patient,
  );

test('[REPORT-21] an address is added once for each rhythm and agency, told what comes, and noted without it', async () => {
  const day = await add({ every: 'day' });
  expect(day.status, day.text).toBe(201);
  const today = daysAgo(0);
  expect(day.body).toMatchObject({
    address: 'a@hall.example',
    every: 'day',
    agencyId: null,
    next: { from: today, to: today, at: businessDayEnd(today, zone, dayStartsAt) },
    sent: null,
    problem: null,
    lost: null,
  });
  const agencyId = plainHall.agencies[0]!.id;
  expect((await add({ every: 'month' })).status).toBe(201);
  expect((await add({ every: 'day', agencyId })).body).toMatchObject({ agencyId });
  expectProblem(await add({ every: 'day', address: 'A@hall.example' }), 409, 'REPORT_SUBSCRIBER_KNOWN');
  expectProblem(await add({ every: 'day', agencyId: 'none' }), 404, 'AGENCY_UNKNOWN');
  for (const wrong of [{}, { every: 'hour' }, { every: 'day', address: 'a@b' }, { every: 'day', language: 'fr' }]) {
    expectProblem(await add(wrong), 400, 'INVALID');
  }
  const [first, , third] = await listed();
  expect((await ask(path(`/${first!.id}/remove`), 'POST', { headers: chief, body: {} })).status).toBe(204);
  expect((await ask(path(`/${third!.id}/remove`), 'POST', { headers: chief, body: {} })).status).toBe(204);
  expect((await listed()).map(({ every }) => every)).toEqual(['month']);
  const notes = await hall.sql<{ text: string }[]>`
    select concat_ws(' ', action, agency_id, after::text) as text from audit_entry where action like 'report.%' order by seq`;
  expect(notes.map(({ text }) => text)).toEqual([
    'report.subscriber-added {"language":"en","every":"day"}',
    'report.subscriber-added {"language":"en","every":"month"}',
    `report.subscriber-added ${agencyId} {"language":"en","every":"day"}`,
    'report.subscriber-removed',
    'report.subscriber-removed',
  ]);
});

test('[REPORT-21] what is over is sent once, by whichever node, one period after another; a day without visitors has none', async () => {
  await add({ every: 'day' });
  await due(daysAgo(5));
  await becomes({ sent: { from: daysAgo(1), to: daysAgo(1) }, next: { from: daysAgo(0) } });
  expect(sink.taken.map(({ to, files }) => [to.join(), ...files.map(({ name }) => name)])).toEqual(
    [3, 2, 1].map((ago) => ['a@hall.example', `antrean-report-${past}-${daysAgo(ago)}-${daysAgo(ago)}.xlsx`]),
  );
  expect(new Set(sink.taken.map(({ headers }) => headers.get('message-id'))).size).toBe(3);
  expect(sink.taken[0]!.body).toContain('Joined: 2 (0)');
  // Nothing is due before the day is over.
  const [one] = await listed();
  expect(one!.next.at).toBe(businessDayEnd(daysAgo(0), zone, dayStartsAt));
}, 60_000);

test('[REPORT-21] what could not be sent within a week is given up, and a week without visitors is told', async () => {
  await add({ every: 'week' });
  await due(daysAgo(40));
  await waitUntil('the last week is told', async () => (await listed())[0]!.sent !== null, patient);
  expect(sink.taken.length).toBeGreaterThanOrEqual(1);
  const [one] = await listed();
  expect(Date.parse(one!.next.from) - Date.parse(one!.sent!.to)).toBe(dayMs);
  expect(one!.lost).toBeNull();
  await due(daysAgo(40));
  await sink.be('shut');
  await becomes({ problem: 'unreachable', lost: { problem: null } });
}, 60_000);

test('[REPORT-21] a mail server that is away is tried again, and one that refuses is not', async () => {
  await add({ every: 'day' });
  await sink.be('shut');
  await due(daysAgo(1));
  await becomes({ problem: 'unreachable', sent: null, next: { from: daysAgo(1) } });
  const [row] = await hall.sql<{ pause: number; tries: number }[]>`
    select extract(epoch from next_at - now())::float8 as pause, tries from report_subscriber`;
  expect(row!.tries).toBe(1);
  expect(row!.pause).toBeGreaterThan(40);
  expect(row!.pause).toBeLessThan(61);
  await sink.be('busy');
  await hall.sql`update report_subscriber set next_at = now()`;
  await becomes({ problem: 'busy' });
  await sink.be('takes');
  await hall.sql`update report_subscriber set next_at = now()`;
  await becomes({ problem: null, sent: { from: daysAgo(1) }, next: { from: daysAgo(0) } });
  await sink.be('refuses');
  await due(daysAgo(2));
  await becomes({ problem: null, lost: { from: daysAgo(1), problem: 'refused' }, next: { from: daysAgo(0) } });
  expect(sink.taken).toHaveLength(1);
}, 60_000);

test('[REPORT-21] the latest is sent at once when somebody asks, which changes nothing of what is due', async () => {
  const { body } = await add({ every: 'day' });
  const id = String(body!.id);
  const send = () => ask(path(`/${id}/send`), 'POST', { headers: chief, body: {} });
  const yesterday = { from: daysAgo(1), to: daysAgo(1) };
  expect((await send()).body).toEqual({ ...yesterday, isSent: true, problem: null });
  expect(sink.taken[0]!.body).toContain('Joined: 2');
  await sink.be('refuses');
  expect((await send()).body).toEqual({ ...yesterday, isSent: false, problem: 'refused' });
  expect((await listed())[0]).toMatchObject({ sent: null, lost: null, next: { from: daysAgo(0) } });
  const unknown = path('/00000000-0000-4000-8000-000000000000/send');
  expectProblem(await ask(unknown, 'POST', { headers: chief, body: {} }), 404, 'SUBSCRIBER_UNKNOWN');
  let answer = await send();
  for (let count = 0; count < 20 && answer.status === 200; count++) answer = await send();
  expectProblem(answer, 429, 'TOO_MANY_TRIES');
}, 60_000);

/** The text between the days and what is in brackets. */
const figuresOf = (text: string): string[] => text.split('\n\n')[1]!.split('\n');
const valuesOf = ({ wait, service, told, ...of }: ReportFigures): string[] => [
  String(of.joined),
  String(of.done),
  lengthText(wait.medianSeconds),
  lengthText(wait.p90Seconds),
  percentText(of.withinTarget),
  percentText(keptOf(told)),
  lengthText(service.medianSeconds),
  percentText(of.abandoned),
  percentText(of.noShows),
];

test('[REPORT-21] [REPORT-8] a report has the figures of the ledger, in each language, and the workbook of the page', async () => {
  const sql = connectPostgres(hall.databaseUrl);
  const scoped = connectScoped(hall.databaseUrl, sql);
  const clock = databaseClock(sql);
  const { halls } = hall.nodes[0]!;
  const ports = { sql, inScope: scoped.inScope, halls, legs: new VisitLegs(sql), clock, mailer: null };
  try {
    const asked: AskedMail = { branchId: madeBranch as BranchId, agencyId: null, language: 'en', every: 'day' };
    const [monday, , , other] = dates as [string, string, string, string];
    const period = { from: other, to: other };
    for (const agencyId of [null, twoAgencies.agencies[1]!.id as AgencyId]) {
      const isOf = (day: string) => (leg: (typeof legs)[number]) =>
        leg.day === day && (agencyId === null || agencyOf(leg.serviceId) === agencyId);
      const now = valuesOf(reckoned(legs.filter(isOf(other)), 15));
      // A week before it is the same weekday.
      const earlier = valuesOf(reckoned(legs.filter(isOf(monday)), 15));
      for (const language of catalogueLanguages) {
        const { mail, isEmpty } = await writeReport(ports, { ...asked, agencyId, language }, period);
        expect(isEmpty).toBe(false);
        expect(figuresOf(mail.text).map((line) => line.slice(line.lastIndexOf(': ') + 2))).toEqual(
          now.map((value, index) => `${value} (${earlier[index]})`),
        );
        expect(mail.text).not.toContain('undefined');
      }
    }
    const { mail } = await writeReport(ports, asked, period);
    // Dates do not break at the end of a line.
    expect(mail.subject).toBe('Plain hall: report of 9\u00A0March 2026');
    expect(mail.text).toContain('In brackets: 2\u00A0March 2026\n');
    const page = await fetch(
      `${hall.nodes[0]!.address}/v1/branches/${madeBranch}/report.xlsx?from=${other}&to=${other}&by=service&compare=${monday}..${monday}&language=en`,
      { headers: chief },
    );
    expect(page.status).toBe(200);
    const sheets = (content: Uint8Array) => {
      const parts = unzipSync(content);
      return ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml', 'xl/sharedStrings.xml'].map((part) =>
        parts[part] ? strFromU8(parts[part]) : '',
      );
    };
    expect(sheets(mail.files![0]!.content)).toEqual(sheets(new Uint8Array(await page.arrayBuffer())));
    const nothing = await writeReport(ports, asked, { from: '2026-03-05', to: '2026-03-05' });
    expect(nothing.isEmpty).toBe(true);
    expect(nothing.mail.text).toContain('There was no ticket in this period.');
  } finally {
    await sql.end();
    await scoped.end();
  }
});
