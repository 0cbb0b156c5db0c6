/** Who asks. Public screens count as `visitor` until devices are paired (docs/decisions/0002). */
export type Role = 'visitor' | 'agent' | 'manager' | 'administrator';

export type Permission =
  | 'branch:read'
  | 'ticket:issue'
  | 'ticket:check-in'
  | 'ticket:read'
  | 'ticket:cancel'
  | 'ticket:call'
  | 'ticket:call-this'
  | 'ticket:move'
  | 'ticket:rejoin'
  | 'ticket:void'
  | 'ticket:reassign'
  | 'counter:open'
  | 'counter:pause'
  | 'counter:close'
  | 'floor:read'
  | 'branch:simulate'
  | 'day:open'
  | 'day:close'
  | 'staff:manage';

/** Role × permission as a total table: what is not said does not compile. */
export const permissions: Readonly<Record<Role, Readonly<Record<Permission, boolean>>>> = {
  visitor: {
    'branch:read': true,
    'ticket:issue': true,
    'ticket:check-in': false,
    'ticket:read': true,
    'ticket:cancel': true,
    'ticket:call': false,
    'ticket:call-this': false,
    'ticket:move': false,
    'ticket:rejoin': true,
    'ticket:void': false,
    'ticket:reassign': false,
    'counter:open': false,
    'counter:pause': false,
    'counter:close': false,
    'floor:read': false,
    'branch:simulate': false,
    'day:open': false,
    'day:close': false,
    'staff:manage': false,
  },
  agent: {
    'branch:read': true,
    'ticket:issue': true,
    'ticket:check-in': true,
    'ticket:read': true,
    'ticket:cancel': true,
    'ticket:call': true,
    // Where the rules of the hall let agents choose (CALL-13).
    'ticket:call-this': true,
    'ticket:move': true,
    'ticket:rejoin': true,
    'ticket:void': false,
    'ticket:reassign': false,
    'counter:open': true,
    'counter:pause': true,
    'counter:close': true,
    'floor:read': true,
    'branch:simulate': false,
    'day:open': false,
    'day:close': false,
    'staff:manage': false,
  },
  manager: {
    'branch:read': true,
    'ticket:issue': true,
    'ticket:check-in': true,
    'ticket:read': true,
    'ticket:cancel': true,
    'ticket:call': true,
    'ticket:call-this': true,
    'ticket:move': true,
    'ticket:rejoin': true,
    'ticket:void': true,
    'ticket:reassign': true,
    'counter:open': true,
    'counter:pause': true,
    'counter:close': true,
    'floor:read': true,
    'branch:simulate': true,
    'day:open': true,
    'day:close': true,
    'staff:manage': false,
  },
  administrator: {
    'branch:read': true,
    'ticket:issue': true,
    'ticket:check-in': true,
    'ticket:read': true,
    'ticket:cancel': true,
    'ticket:call': true,
    'ticket:call-this': true,
    'ticket:move': true,
    'ticket:rejoin': true,
    'ticket:void': true,
    'ticket:reassign': true,
    'counter:open': true,
    'counter:pause': true,
    'counter:close': true,
    'floor:read': true,
    'branch:simulate': true,
    'day:open': true,
    'day:close': true,
    'staff:manage': true,
  },
};
