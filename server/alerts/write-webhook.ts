import type { WebhookBody } from '@antrean/shared/protocol/alert-webhook.ts';
import { branchView } from '@antrean/shared/views/branch-view.ts';
import { HallNames } from '@antrean/shared/views/hall-names.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import type { DueMessage } from './outbox.ts';

/** An alert as data (ALERT-8); of visitors it says nothing but how many and how long. */
export const writeWebhook = (
  { tells, alert }: Pick<DueMessage, 'tells' | 'alert'>,
  setup: BranchSetup,
): WebhookBody => {
  const raisedAt = instantOf(alert.raisedAt);
  // What was over when it was told that it began is told as it was when it began.
  const resolvedAt = tells === 'resolved' && alert.resolvedAt !== null ? instantOf(alert.resolvedAt) : null;
  return {
    type: `alert.${tells}`,
    timestamp: resolvedAt ?? raisedAt,
    data: {
      ...hallOf(setup),
      alertId: alert.id,
      kind: alert.kind,
      subject: alert.subject,
      name: nameOf(alert, setup),
      limit: alert.limit,
      worst: alert.worst,
      raisedAt,
      resolvedAt,
    },
  };
};

/** A webhook that shows that webhooks arrive. @param now epoch ms */
export const writeTestWebhook = (setup: BranchSetup, now: number): WebhookBody => ({
  type: 'alert.test',
  timestamp: instantOf(now),
  data: hallOf(setup),
});

const instantOf = (at: number): string => new Date(at).toISOString();

const hallOf = (setup: BranchSetup) => ({
  hall: setup.branchId,
  hallName: sayName(setup.name, setup.languages[0] ?? 'en', setup.languages),
});

const nameOf = ({ kind, subject, name }: DueMessage['alert'], setup: BranchSetup): string => {
  const names = new HallNames(branchView(setup, 0));
  if (kind === 'longest-wait') return names.service(subject, setup.languages[0] ?? 'en');
  if (kind === 'serving-long') return names.counterNumber(subject);
  return kind === 'device-silent' ? (name ?? subject) : '';
};
