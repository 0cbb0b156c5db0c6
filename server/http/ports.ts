import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import type { ChannelPorts } from '../alerts/deliver-message.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { FactorPolicy } from '../access/factor-policy.ts';
import type { HolderCode } from '../access/holder-code.ts';
import type { OidcIssuer } from '../access/oidc-issuer.ts';
import type { Seal } from '../access/seal.ts';
import type { FirstRun } from '../access/set-up-code.ts';
import type { StaffSessions } from '../access/session-store.ts';
import type { Devices } from '../devices/device-store.ts';
import type { Redrawing } from '../files/redrawing.ts';
import type { Halls } from '../hall/halls.ts';
import type { VisitLegs } from '../insight/keep-legs.ts';
import type { Waits } from '../insight/waits.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';
import type { DatabaseClock } from '../ledger/database-clock.ts';
import type { JoiningCodes } from '../joining/joining-codes.ts';
import type { WebPush } from '../notify/web-push.ts';
import type { Printing } from '../print/printing.ts';
import type { VisitLinks } from '../visitors/visit-links.ts';

/** What the routes work with; put together by the composition root. */
export interface HttpPorts {
  readonly sql: Sql;
  readonly inScope: InScope;
  readonly redis: Redis;
  readonly firstRun: FirstRun;
  readonly sessions: StaffSessions;
  readonly devices: Devices;
  /** A kiosk of the branch calls staff, or was answered: whoever follows is to know at once, on every node. */
  readonly helpChanged: (branchId: BranchId) => void;
  /** Other alerts stand in the branch than before, on every node as well. */
  readonly alertsChanged: (branchId: BranchId) => void;
  /** Sends e-mails; `null`: there is no mail server. */
  readonly mailer: Mailer | null;
  readonly webhooks: ChannelPorts['webhooks'];
  readonly publicUrl?: URL | undefined;
  readonly halls: Halls;
  readonly waits: Waits;
  readonly legs: VisitLegs;
  readonly clock: DatabaseClock;
  readonly holderCode: HolderCode;
  readonly seal: Seal;
  readonly secondFactor: FactorPolicy;
  readonly links: VisitLinks;
  readonly printing: Printing;
  readonly webPush: WebPush | null;
  readonly redrawing: Redrawing;
  readonly joiningCodes: JoiningCodes;
  readonly oidc: OidcIssuer | null;
  readonly listBranches: () => Promise<
    { id: BranchId; name: Record<string, string>; zone: string; openScreens: boolean }[]
  >;
}
