import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { FactorPolicy } from './access/factor-policy.ts';
import { mailerOf, type MailSettings } from './mail/mailer.ts';
import { channelsOf } from './alerts/deliver-message.ts';
import { postWebhookWith } from './alerts/post-webhook.ts';
import type { WebhookHosts } from './alerts/webhook-hosts.ts';
import { sendMessages } from './alerts/send-messages.ts';
import { sendReports } from './report-mail/send-reports.ts';
import { selectStandingAlerts } from './alerts/select-alerts.ts';
import { watchAlerts } from './alerts/watch-alerts.ts';
import { guardRoutes } from './access/guard.ts';
import { readHolderCode } from './access/holder-code.ts';
import { OidcIssuer, type OidcSettings } from './access/oidc-issuer.ts';
import { limiterOf } from './access/limiter.ts';
import type { Seal } from './access/seal.ts';
import { StaffSessions } from './access/session-store.ts';
import { FirstRun } from './access/set-up-code.ts';
import { refusedNotes } from './audit/note-refused.ts';
import { scopeOfScreen } from './devices/scope-of-screen.ts';
import { Devices } from './devices/device-store.ts';
import { selectHelpCalls } from './help/select-help-calls.ts';
import { Redrawing } from './files/redrawing.ts';
import { Halls } from './hall/halls.ts';
import { createApp } from './http/create-app.ts';
import type { HttpPorts } from './http/ports.ts';
import { registerRoutes } from './http/routes.ts';
import { serveScreens } from './http/serve-screens.ts';
import { boardWaits } from './insight/expect-newcomers.ts';
import { VisitLegs } from './insight/keep-legs.ts';
import { Waits } from './insight/waits.ts';
import { runJobs } from './jobs/run-jobs.ts';
import { serveJoinPage } from './joining/serve-join-page.ts';
import { JoiningCodes } from './joining/joining-codes.ts';
import { connectPostgres, withinTimeout } from './ledger/connect-postgres.ts';
import { connectScoped } from './ledger/in-scope.ts';
import { databaseClock } from './ledger/database-clock.ts';
import { followLedger } from './ledger/follow-ledger.ts';
import { migrateDatabase } from './ledger/migrate-database.ts';
import { connectRedis, connectSubscriber } from './live/connect-redis.ts';
import { followFeed } from './live/follow-feed.ts';
import { keepLines } from './live/keep-lines.ts';
import { keysOf, newsPattern } from './live/keys.ts';
import { LiveLines } from './live/live-lines.ts';
import { type News, newsOf } from './live/news.ts';
import { tellCalled } from './notify/tell-called.ts';
import { type OtherPushService, webPushWith } from './notify/web-push.ts';
import { printingWith } from './print/printing.ts';
import { type AllowsPrinter, printerNetworks } from './print/printer-networks.ts';
import { Screens } from './push/screens.ts';
import type { TrustsProxy } from './push/trusted-proxies.ts';
import { type VisitSocketLimits, VisitSockets } from './push/visit-sockets.ts';
import { listBranches, setupOf } from './setup/read-setup.ts';
import { keepErasing } from './visitors/erase-due.ts';
import { findVisitHere } from './visitors/find-visit.ts';
import { linkGuesses } from './visitors/limit-guesses.ts';
import { openVisit } from './visitors/open-visit.ts';
import { serveVisitPage } from './visitors/serve-visit-page.ts';
import { VisitLinks } from './visitors/visit-links.ts';

export interface NodeOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: FastifyBaseLogger;
  /** Seals what is secret in the database; the same at every node. */
  readonly seal: Seal;
  /** Whether managers and administrators have to have a second factor. */
  readonly secondFactor?: FactorPolicy;
  /** Who vouches for people; absent: nobody, they sign in with passwords. */
  readonly oidc?: OidcSettings | null;
  /** Whether this node serves the built screens; a node for tests of the API alone does without. */
  readonly servesScreens: boolean;
  /** Balancers whose word counts on where a request came from; absent: none. */
  readonly trusts?: TrustsProxy;
  /** The address people reach Antrean at; absent: whichever they ask. */
  readonly publicUrl?: URL;
  /** Takes messages for phones in the place of the services of browsers' makers; absent: nobody does. */
  readonly otherPushService?: OtherPushService;
  /** By which server e-mails go out (ALERT-6); absent: none do. */
  readonly mail?: MailSettings | undefined;
  /** Where webhooks may go (ALERT-9); absent: nowhere. */
  readonly webhookHosts?: WebhookHosts | null;
  /** Where ticket printers may be; absent: in private networks. */
  readonly allowsPrinter?: AllowsPrinter;
  /** At most so many sockets from one address, those of staff apart; absent: any number. */
  readonly socketsPerAddress?: number;
  /** How many visitors' phones are connected at most; absent: as usual. */
  readonly visitSocketLimits?: Partial<VisitSocketLimits>;
}

export interface RunningNode {
  /** `http://host:port` as bound. */
  readonly address: string;
  readonly halls: Halls;
  readonly close: () => Promise<void>;
}

/** Starts one server node: the composition root that knows every part. Throws when Postgres cannot be reached. */
export const startNode = async (options: NodeOptions): Promise<RunningNode> => {
  const { databaseUrl, redisUrl, log, trusts = () => false, socketsPerAddress = Infinity } = options;
  const { secondFactor = 'offered' } = options;
  await migrateDatabase(databaseUrl);
  const sql = connectPostgres(databaseUrl);
  const scoped = connectScoped(databaseUrl, sql);
  const clock = databaseClock(sql);
  await clock.measure();
  const onRedisError = sayOnce((message) => log.warn({ reason: message }, 'Redis is away; commands go on without it'));
  const redis = connectRedis(redisUrl, onRedisError);
  const writer = randomUUID();
  const lines = new LiveLines(redis, writer);
  const warn = (message: string, details: object) => log.warn(details, message);

  const tellOthers = (branchId: BranchId, word: News['word']): void => {
    redis.publish(keysOf(branchId).news, newsOf({ writer, word })).catch(() => {});
  };

  const halls: Halls = new Halls({
    sql,
    clock,
    warn,
    readSetup: (branchId) => setupOf(sql, branchId),
    askForTurn: (branchId) => tellOthers(branchId, 'turn'),
    follow: (hall, changes, epoch, source) => {
      screens.follow(hall, changes);
      visits.follow(hall, changes);
      lines.follow(hall, changes, epoch, source);
      told?.follow(hall, changes);
    },
  });

  const app = await createApp(log, trusts, options.publicUrl);
  const sessions = new StaffSessions(sql, secondFactor);
  const devices = new Devices(sql);
  const firstRun = new FirstRun(sql);
  const holderCode = await readHolderCode(sql);
  const webPush = await webPushWith(sql, options.publicUrl, options.otherPushService);
  guardRoutes(app, { halls, noteRefused: refusedNotes(sql) });
  const ports: HttpPorts = {
    sql,
    inScope: scoped.inScope,
    redis,
    firstRun,
    sessions,
    devices,
    helpChanged: (branchId) => {
      screens.lookForHelp();
      tellOthers(branchId, 'help');
    },
    alertsChanged: (branchId) => {
      screens.lookForAlerts();
      tellOthers(branchId, 'alerts');
    },
    mailer: options.mail ? mailerOf(options.mail) : null,
    webhooks: options.webhookHosts
      ? { hosts: options.webhookHosts, post: postWebhookWith({ hosts: options.webhookHosts, now: clock.now }) }
      : null,
    publicUrl: options.publicUrl,
    halls,
    waits: new Waits(sql, halls),
    legs: new VisitLegs(sql),
    clock,
    holderCode,
    seal: options.seal,
    secondFactor,
    links: new VisitLinks(options.seal),
    printing: printingWith({
      redis,
      allowsPrinter: options.allowsPrinter ?? printerNetworks(),
      now: () => clock.now(),
      publicUrl: options.publicUrl,
    }),
    webPush,
    redrawing: new Redrawing(),
    joiningCodes: new JoiningCodes(options.seal),
    oidc: options.oidc ? new OidcIssuer(options.oidc) : null,
    listBranches: () => listBranches(sql),
  };
  const told = webPush && tellCalled({ ...ports, webPush, redisUrl, warn });
  const guesses = limiterOf(redis, linkGuesses);
  await registerRoutes(app, ports, guesses);
  if (options.servesScreens) {
    await serveScreens(app);
    await serveVisitPage(app, { ...ports, guesses });
    await serveJoinPage(app, ports);
  }
  const screens = new Screens(app.server, {
    branch: (id) => halls.branch(id),
    clock: clock.now,
    waitsOf: (branchId) => boardWaits(ports, branchId, clock.now()),
    helpCallsOf: (branchIds) => withinTimeout(selectHelpCalls(sql, branchIds)),
    alertsOf: (branchIds) => withinTimeout(selectStandingAlerts(sql, branchIds)),
    tellShown: tellOthers,
    trusts,
    socketsPerAddress,
    soundTestOf: async (cookie) => (await devices.of(cookie))?.soundTestAt ?? null,
    scopeOf: (cookie, audience, branchId) => scopeOfScreen(ports, cookie, audience, branchId),
  });
  const visits = new VisitSockets(app.server, {
    open: (address, link) => openVisit({ ...ports, guesses }, address, link),
    isOver: (link) => findVisitHere(ports, link) === null,
    trusts,
    ...(options.visitSocketLimits && { limits: options.visitSocketLimits }),
  });

  const stopFeed = followFeed({
    redis,
    subscriber: connectSubscriber(redisUrl, newsPattern, onRedisError),
    writer,
    reader: (branchId) => {
      const branch = halls.find(branchId);
      if (!branch) return undefined;
      return {
        branchId,
        version: () => branch.hall.version,
        take: (events) => branch.take(events),
        pause: () => branch.pause(),
        help: () => screens.lookForHelp(),
        alerts: () => screens.lookForAlerts(),
        shown: (node, calls) => screens.hearShown(branchId, node, calls),
      };
    },
  });
  const stopLedger = followLedger(sql, () =>
    halls.loaded().map((branch) => ({ id: branch.id, hear: (version) => branch.hear(version) })),
  );
  const stopLines = keepLines(lines, halls);
  const stopJobs = runJobs({
    redisUrl,
    halls,
    clock: clock.now,
    warn,
    listBranchIds: async () => (await listBranches(sql)).map(({ id }) => id),
    keepLegs: () => ports.legs.catchUpAll(),
  });
  const stopErasing = keepErasing(sql, warn);
  const stopAlerts = watchAlerts({
    sql,
    legs: ports.legs,
    branches: () => halls.loaded(),
    changed: ports.alertsChanged,
    channels: channelsOf(ports),
    warn,
  });
  const stopSending = channelsOf(ports).length > 0 ? sendMessages({ ...ports, redisUrl, warn }) : null;
  const { mailer } = ports;
  const stopReports = mailer && sendReports({ ...ports, mailer, warn });
  const measuring = setInterval(() => void clock.measure().catch(() => {}), 30_000);

  await app.listen({ host: options.host, port: options.port });
  const { port } = app.server.address() as AddressInfo;
  return {
    address: `http://${options.host}:${port}`,
    halls,
    close: async () => {
      clearInterval(measuring);
      ports.legs.stop();
      stopErasing();
      stopLedger();
      stopLines();
      await stopAlerts();
      // Each waits for the last connection of both.
      await Promise.all([screens.close(), visits.close()]);
      await app.close();
      await Promise.all([ports.printing.drawing.close(), ports.redrawing.close()]);
      await halls.settled();
      await Promise.all([stopJobs(), told?.close(), stopSending?.(), stopReports?.()]);
      stopFeed();
      redis.disconnect();
      await Promise.all([sql.end({ timeout: 5 }), scoped.end()]);
    },
  };
};

/** A lost connection reports each failed try: said once, and again only after a minute. */
const sayOnce = (say: (message: string) => void): ((error: Error) => void) => {
  let saidAt = -Infinity;
  return (error) => {
    if (Date.now() - saidAt < 60_000) return;
    saidAt = Date.now();
    say(error.message);
  };
};
