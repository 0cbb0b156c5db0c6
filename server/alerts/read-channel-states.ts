import type { MailState, WebhookState } from '@antrean/shared/protocol/alert-subscribers.ts';
import type { AlertPorts } from './alert-ports.ts';
import { selectChannelState } from './outbox.ts';

type Ports = Pick<AlertPorts, 'inScope' | 'mailer' | 'webhooks'>;

const nothing = { waiting: 0, failed: 0, problem: null };

/** How the e-mails of a hall get on. Throws what Postgres throws. */
export const readMailState = async (
  { inScope, mailer }: Ports,
  scope: string | null,
  branchId: string,
): Promise<MailState> => {
  const [state] = await inScope(scope, (sql) => selectChannelState<MailState>(sql, branchId, 'email'));
  return { isSetUp: mailer !== null, ...(state ?? nothing) };
};

/** How the webhooks of a hall get on. Throws what Postgres throws. */
export const readWebhookState = async (
  { inScope, webhooks }: Ports,
  scope: string | null,
  branchId: string,
): Promise<WebhookState> => {
  const [state] = await inScope(scope, (sql) => selectChannelState<WebhookState>(sql, branchId, 'webhook'));
  return { isSetUp: webhooks !== null, ...(state ?? nothing) };
};
