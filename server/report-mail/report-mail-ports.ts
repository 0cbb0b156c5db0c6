import type { Sql } from '../ledger/connect-postgres.ts';
import type { ReportPorts } from '../http/report-of-period.ts';
import type { Mailer } from '../mail/mailer.ts';

/** What reports by e-mail work with. */
export interface ReportMailPorts extends ReportPorts {
  readonly sql: Sql;
  /** `null`: there is no mail server. */
  readonly mailer: Mailer | null;
  readonly publicUrl?: URL | undefined;
}
