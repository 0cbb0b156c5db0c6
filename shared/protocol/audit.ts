import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';

/** What the audit trail tells of: whatever changes who may do what, and what no ticket's story tells. */
export const auditActions = [
  'installation.set-up',
  'session.begun',
  'session.refused',
  'session.ended',
  'session.signed-out',
  'staff.added',
  'staff.changed',
  'staff.password-reset',
  'staff.password-changed',
  'staff.sessions-ended',
  'second-factor.enrolled',
  'second-factor.removed',
  'second-factor.reset',
  'second-factor.recovery-used',
  'second-factor.codes-renewed',
  'device.approved',
  'device.renamed',
  'device.revoked',
  'device.token-rotated',
  'device.sound-tested',
  'colleagues.called',
  'alert.snoozed',
  'alert.subscriber-added',
  'alert.webhook-added',
  'alert.subscriber-removed',
  'alert.subscriber-tested',
  'report.subscriber-added',
  'report.subscriber-removed',
  'report.sent',
  'file.added',
  'file.removed',
  'ticket.printed',
  'printer.tested',
  'person.exported',
  'person.erased',
  'setup.imported',
  'access.refused',
  'audit.exported',
] as const;
export type AuditAction = (typeof auditActions)[number];

const OrNull = (what: string) => Type.Union([Type.String(), Type.Null()], { description: what });

/** One line of the audit trail. */
export const AuditEntry = Type.Object(
  {
    seq: Type.Integer({ minimum: 1, description: '1, 2, 3 … without gap' }),
    at: Type.Integer({ description: 'epoch ms of the database’s clock' }),
    action: Type.Enum([...auditActions]),
    role: Type.String({ description: 'whose: a role, or `system` for a command on the server itself' }),
    by: OrNull('the account; null: nobody was signed in'),
    address: Type.String({ description: 'from where' }),
    branchId: OrNull('the hall it is about; null: all'),
    agencyId: OrNull('the agency it is about; null: all of the hall'),
    subject: Type.String({ description: 'the account, device or thing it was done to' }),
    before: Type.Unknown({ description: 'what was changed, as it was; null: nothing was there' }),
    after: Type.Unknown({ description: 'what was changed, as it is now; null: nothing is there' }),
    hash: Type.String({ description: 'SHA-256 over the hash of the entry before and this entry' }),
  },
  { additionalProperties: false },
);
export type AuditEntry = Static<typeof AuditEntry>;

export const AuditPage = Type.Object(
  {
    entries: Type.Array(AuditEntry),
    olderThan: Type.Union([Type.Integer(), Type.Null()], { description: '`before` of the next page; null: no more' }),
  },
  { additionalProperties: false },
);
export type AuditPage = Static<typeof AuditPage>;

const instantText = Type.String({ pattern: '^[0-9]{1,15}$', description: 'epoch ms' });

/** What is looked for; each absent: everything. */
export const AuditQuery = Type.Object(
  {
    before: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description: 'only entries with a smaller number' })),
    action: Type.Optional(Type.Enum([...auditActions])),
    by: Type.Optional(Type.String({ pattern: idPattern, description: 'the account that did it' })),
    subject: Type.Optional(Type.String({ pattern: idPattern, description: 'what it was done to' })),
    from: Type.Optional(instantText),
    to: Type.Optional(instantText),
  },
  { additionalProperties: false },
);
export type AuditQuery = Static<typeof AuditQuery>;
