import { randomBytes } from 'node:crypto';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type { FastifyRequest } from 'fastify';
import type { IDToken } from 'openid-client';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import type { OidcSettings, StaffScope } from './oidc-issuer.ts';
import { noteOf } from './staff-accounts.ts';
import { knownScope } from './staff-scope.ts';

interface Account extends StaffScope {
  readonly id: string;
  readonly displayName: string;
}
type KnownAccount = Account & { readonly isDisabled: boolean };

/** The account, and who is signed in with it: nobody where it may not be used, or what it may do here is not said. */
interface Used {
  readonly account: Account | null;
  readonly me: Me | null;
}

/**
 * The account of whom the issuer vouches for, with name, role and scope as the issuer says now; made where there is none.
 * Whoever has lost a role is out of all sessions that were begun with it.
 */
export const useIdentity = async (
  { sql, sessions }: Pick<AccessPorts, 'sql' | 'sessions'>,
  { issuer, roleClaim, roles }: OidcSettings,
  request: FastifyRequest,
  claims: IDToken,
): Promise<Used> => {
  const who = { issuer: issuer.href, subject: claims.sub };
  const scope = scopeOf(claims[roleClaim], roles);
  const displayName = nameOf(claims);

  const read = async (): Promise<KnownAccount | undefined> => {
    const [row] = await withinTimeout(sql<KnownAccount[]>`
      select id, display_name as "displayName", role, branch_id as "branchId", agency_id as "agencyId",
        disabled_at is not null as "isDisabled"
      from staff_identity join staff on staff.id = staff_id
      where issuer = ${who.issuer} and subject = ${who.subject}`);
    return row;
  };

  const make = async (as: StaffScope): Promise<Used> => {
    const account = { id: `sso-${randomBytes(8).toString('hex')}`, displayName, ...as };
    const { id, role, branchId, agencyId } = account;
    const after = { displayName, ...as };
    const note = { ...noteOf(request, 'staff.added', account), ...byRequest(request), after };
    const [made] = await withinTimeout(sql<[{ isMade: boolean }]>`
      with known as (${knownScope(sql, as)}),
      made as (
        insert into staff (id, login, display_name, role, branch_id, agency_id)
        select ${id}, ${id}, ${displayName}, ${role}, ${branchId}, ${agencyId} from known where scope_known
        returning id
      ),
      linked as (
        insert into staff_identity (issuer, subject, staff_id) select ${who.issuer}, ${who.subject}, id from made
      ),
      noted as (${noteEntry(sql, 'made', note)})
      select exists (select from made) as "isMade"`);
    return made.isMade ? { account, me: meOf(account) } : { account: null, me: null };
  };

  const change = async ({ isDisabled, ...before }: KnownAccount): Promise<Used> => {
    if (isDisabled) return { account: before, me: null };
    const account = scope && { ...before, displayName, ...scope };
    if (account && isSame(before, account)) return { account, me: meOf(account) };
    const keepsScope = account !== null && isSame({ ...before, displayName }, account);
    const note = noteOf(request, account ? 'staff.changed' : 'staff.sessions-ended', account ?? before);
    const { role, branchId, agencyId } = account ?? before;
    const [changed] = await withinTimeout(sql<[{ scopeKnown: boolean }]>`
      with known as (${knownScope(sql, { branchId, agencyId })}),
      changed as (
        update staff set display_name = ${displayName}, role = ${role}, branch_id = ${branchId}, agency_id = ${agencyId}
        from known where id = ${before.id} and scope_known returning id
      ),
      noted as (${noteEntry(sql, 'changed', { ...note, before: plain(before), after: plain(account ?? before) })}),
      ended as (delete from staff_session where staff_id = ${before.id} and not ${keepsScope})
      select scope_known as "scopeKnown" from known`);
    sessions.forget();
    return account && changed.scopeKnown ? { account, me: meOf(account) } : { account: before, me: null };
  };

  const known = await read();
  if (known) return change(known);
  if (!scope) return { account: null, me: null };
  return make(scope).catch(async (error: unknown) => {
    // Somebody who signs in twice at once: the other one made it.
    const made = await read();
    if (!made) throw error;
    return change(made);
  });
};

const isSame = (one: Account, other: Account): boolean => JSON.stringify(plain(one)) === JSON.stringify(plain(other));
const plain = ({ displayName, role, branchId, agencyId }: Account) => ({ displayName, role, branchId, agencyId });

const meOf = (account: Account): Me => ({
  id: account.id,
  ...plain(account),
  mustChangePassword: false,
  secondFactor: 'elsewhere',
});

/** Of several values the first that the settings name. */
const scopeOf = (claim: unknown, roles: OidcSettings['roles']): StaffScope | null => {
  const values = Array.isArray(claim) ? (claim as unknown[]) : [claim];
  return [...roles].find(([value]) => values.includes(value))?.[1] ?? null;
};

/** As the issuer calls somebody, as short and plain as a name of ours (S17). */
const nameOf = (claims: IDToken): string => {
  const names = [claims.name, claims.preferred_username, claims.sub].filter((name) => typeof name === 'string');
  const clean = names.map((name) =>
    name
      .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
      .trim()
      .slice(0, 80),
  );
  return clean.find((name) => name !== '') ?? '?';
};
