import type { MailState } from '@antrean/shared/protocol/alert-mail.ts';
import type { AlertPorts } from './alert-ports.ts';
import { selectMailState } from './outbox.ts';

/** How the messages of a hall get on. Throws what Postgres throws. */
export const readMailState = async (
  { inScope, mailer }: Pick<AlertPorts, 'inScope' | 'mailer'>,
  scope: string | null,
  branchId: string,
): Promise<MailState> => {
  const [state] = await inScope(scope, (sql) => selectMailState(sql, branchId));
  return { isSetUp: mailer !== null, ...(state ?? { waiting: 0, failed: 0, problem: null }) };
};
