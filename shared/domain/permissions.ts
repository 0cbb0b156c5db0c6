/** Whose account it is. */
export const staffRoles = [
  'agent',
  'floor-walker',
  'agency-administrator',
  'manager',
  'administrator',
  'auditor',
] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Who asks: nobody in particular, a device of the hall, or somebody who is signed in. */
export type Role = 'visitor' | 'kiosk' | 'display' | StaffRole;

/** The smallest scope with which a role may do something: one agency's things, one hall, or all halls. `-`: never. */
export type Reach = '-' | 'agency' | 'hall' | 'all';

/** Role × act × scope as one total table: what is not said does not compile. */
const row = (...reach: readonly [Reach, Reach, Reach, Reach, Reach, Reach, Reach, Reach, Reach]) => {
  const [visitor, kiosk, display, agent, walker, agencyAdministrator, manager, administrator, auditor] = reach;
  return {
    visitor,
    kiosk,
    display,
    agent,
    'floor-walker': walker,
    'agency-administrator': agencyAdministrator,
    manager,
    administrator,
    auditor,
  } satisfies Record<Role, Reach>;
};

// prettier-ignore
export const reachOf = {
  //                      visitor   kiosk     display   agent     walker    agency's  manager   administr. auditor
  'branch:read':      row('hall',   'hall',   'hall',   'agency', 'agency', 'agency', 'hall',   'hall',    'agency'),
  'ticket:issue':     row('hall',   'hall',   '-',      'agency', 'agency', 'agency', 'hall',   'hall',    '-'),
  'ticket:check-in':  row('-',      '-',      '-',      'agency', 'agency', 'agency', 'hall',   'hall',    '-'),
  // Visitors come to their own ticket by its link (LINK-1).
  'ticket:read':      row('-',      'hall',   '-',      'agency', 'agency', 'agency', 'hall',   'hall',    'agency'),
  'ticket:print':     row('-',      'hall',   '-',      'agency', 'agency', 'agency', 'hall',   'hall',    '-'),
  // Of what it took itself, for the printer at its own USB (PAPER-10).
  'paper:take':       row('-',      'hall',   '-',      '-',      '-',      '-',      '-',      '-',       '-'),
  'ticket:cancel':    row('-',      '-',      '-',      'agency', 'agency', 'agency', 'hall',   'hall',    '-'),
  'ticket:call':      row('-',      '-',      '-',      'agency', '-',      'agency', 'hall',   'hall',    '-'),
  // Agents where the rules of the hall let them choose (CALL-13).
  'ticket:call-this': row('-',      '-',      '-',      'agency', '-',      'agency', 'hall',   'hall',    '-'),
  'ticket:move':      row('-',      '-',      '-',      'agency', 'agency', 'agency', 'hall',   'hall',    '-'),
  // Agents of the visitor at their counter, or where they may choose (CLASS-2).
  'ticket:reclass':   row('-',      '-',      '-',      'agency',     'agency', 'agency', 'hall',   'hall',    '-'),
  'ticket:rejoin':    row('-',      '-',      '-',      'agency', 'agency', 'agency', 'hall',   'hall',    '-'),
  // A run of numbers may go through the lines of several agencies.
  'ticket:void':      row('-',      '-',      '-',      '-',      '-',      '-',      'hall',   'hall',    '-'),
  'ticket:reassign':  row('-',      '-',      '-',      '-',      '-',      '-',      'hall',   'hall',    '-'),
  'counter:open':     row('-',      '-',      '-',      'agency', '-',      'agency', 'hall',   'hall',    '-'),
  'counter:pause':    row('-',      '-',      '-',      'agency', '-',      'agency', 'hall',   'hall',    '-'),
  'counter:close':    row('-',      '-',      '-',      'agency', '-',      'agency', 'hall',   'hall',    '-'),
  'service:pause':    row('-',      '-',      '-',      '-',      '-',      'agency', 'hall',   'hall',    '-'),
  'message:show':     row('-',      '-',      '-',      '-',      '-',      '-',      'hall',   'hall',    '-'),
  'floor:read':       row('-',      '-',      '-',      'agency', 'agency', 'agency', 'hall',   'hall',    'agency'),
  'branch:simulate':  row('-',      '-',      '-',      '-',      '-',      '-',      'hall',   'hall',    '-'),
  'day:open':         row('-',      '-',      '-',      '-',      '-',      '-',      'hall',   'hall',    '-'),
  'day:close':        row('-',      '-',      '-',      '-',      '-',      '-',      'hall',   'hall',    '-'),
  'device:manage':    row('-',      '-',      '-',      '-',      '-',      '-',      'hall',   'hall',    '-'),
  'help:call':        row('hall',   'hall',   '-',      'agency', 'agency', 'agency', 'hall',   'hall',    '-'),
  'help:answer':      row('-',      '-',      '-',      'agency', 'agency', 'agency', 'hall',   'hall',    '-'),
  // Of the hall as a whole, whatever agency it is about.
  'alert:read':       row('-',      '-',      '-',      '-',      '-',      '-',      'hall',   'hall',    '-'),
  'alert:snooze':     row('-',      '-',      '-',      '-',      '-',      '-',      'hall',   'hall',    '-'),
  // Whoever is told the code is taken to be in the hall (JOIN-2).
  'joining:show':     row('-',      '-',      'hall',   'agency', 'agency', 'agency', 'hall',   'hall',    '-'),
  'setup:read':       row('-',      '-',      '-',      '-',      '-',      'agency', 'hall',   'hall',    'agency'),
  'setup:change':     row('-',      '-',      '-',      '-',      '-',      '-',      '-',      'hall',    '-'),
  'hall:add':         row('-',      '-',      '-',      '-',      '-',      '-',      '-',      'all',     '-'),
  'person:manage':    row('-',      '-',      '-',      '-',      '-',      '-',      'hall',   'hall',    '-'),
  'satisfaction:read': row('-',     '-',      '-',      '-',      '-',      'agency', 'hall',   'hall',    'agency'),
  'report:read':      row('-',      '-',      '-',      '-',      '-',      'agency', 'hall',   'hall',    'agency'),
  // What happened on a day, minute by minute and ticket by ticket (PAST-2).
  'past:read':        row('-',      '-',      '-',      '-',      '-',      'agency', 'hall',   'hall',    'agency'),
  'staff:manage':     row('-',      '-',      '-',      '-',      '-',      'agency', '-',      'hall',    '-'),
  'audit:read':       row('-',      '-',      '-',      '-',      '-',      'agency', 'hall',   'hall',    'agency'),
} satisfies Record<string, Readonly<Record<Role, Reach>>>;

export type Permission = keyof typeof reachOf;

/** Whoever asks, and what their account is limited to; `null`: to nothing. */
export interface Principal {
  readonly role: Role;
  readonly branchId: string | null;
  /** Only together with a branch: agencies are a hall's. */
  readonly agencyId: string | null;
}

/** Whoever nobody knows. */
export const visitor: Principal = { role: 'visitor', branchId: null, agencyId: null };

/** Whether somebody may do this at all; on what things is another question (ALLOW-2). */
export const mayAct = ({ role, branchId, agencyId }: Principal, permission: Permission): boolean => {
  const reach: Reach = reachOf[permission][role];
  if (reach === '-') return false;
  if (agencyId !== null) return reach === 'agency';
  return branchId === null || reach !== 'all';
};

/** Which accounts can be limited to one agency; that of an agency's administrator must be (ALLOW-3). */
export const mayBeOfAgency = (role: StaffRole): boolean => role !== 'manager' && role !== 'administrator';
