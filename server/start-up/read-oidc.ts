import { type StaffRole, staffRoles } from '@antrean/shared/domain/permissions.ts';
import { idPattern } from '@antrean/shared/domain/ids.ts';
import type { OidcSettings, StaffScope } from '../access/oidc-issuer.ts';
import { refusedScope } from '../access/staff-scope.ts';
import type { Settings } from './settings.ts';
import { StartUpError } from './start-up-error.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** Who vouches for people; `null` where nobody does. Throws `StartUpError` that names what is missing or wrong. */
export const readOidc = (settings: Settings): OidcSettings | null => {
  const { ANTREAN_OIDC_ISSUER, ANTREAN_OIDC_CLIENT_ID, ANTREAN_OIDC_ROLES, ANTREAN_PUBLIC_URL } = settings;
  if (ANTREAN_OIDC_ISSUER === undefined) return null;
  const issuer = urlOf('ANTREAN_OIDC_ISSUER', ANTREAN_OIDC_ISSUER);
  if (issuer.protocol !== 'https:' && !loopback.includes(issuer.hostname)) {
    throw new StartUpError(
      'ANTREAN_OIDC_ISSUER: must begin with https://, since whoever sits in between could sign in as anybody',
    );
  }
  if (ANTREAN_OIDC_CLIENT_ID === undefined || ANTREAN_OIDC_ROLES === undefined) {
    throw new StartUpError('ANTREAN_OIDC_ISSUER also needs ANTREAN_OIDC_CLIENT_ID and ANTREAN_OIDC_ROLES');
  }
  const { ANTREAN_OIDC_CLIENT_SECRET: clientSecret } = settings;
  return {
    issuer,
    clientId: ANTREAN_OIDC_CLIENT_ID,
    ...(clientSecret !== undefined && { clientSecret }),
    name: settings.ANTREAN_OIDC_NAME ?? issuer.hostname,
    roleClaim: settings.ANTREAN_OIDC_ROLE_CLAIM ?? 'roles',
    roles: new Map(ANTREAN_OIDC_ROLES.split(',').map(roleOf)),
    ...(ANTREAN_PUBLIC_URL !== undefined && { publicUrl: urlOf('ANTREAN_PUBLIC_URL', ANTREAN_PUBLIC_URL) }),
  };
};

const urlOf = (name: string, text: string): URL => {
  if (URL.canParse(text) && /^https?:/.test(text)) return new URL(text);
  throw new StartUpError(`${name}: not an address such as https://login.example.org`);
};

/** `hall-managers=manager@banyuwangi`: what a value of the claim may do here. */
const roleOf = (text: string): [value: string, scope: StaffScope] => {
  const [, value, role, branchId = null, agencyId = null] =
    /^(.+)=([a-z-]+)(?:@([^/]+)(?:\/(.+))?)?$/.exec(text.trim()) ?? [];
  const isId = (id: string | null): boolean => id === null || new RegExp(idPattern).test(id);
  if (value && (staffRoles as readonly string[]).includes(role ?? '') && isId(branchId) && isId(agencyId)) {
    const scope = { role: role as StaffRole, branchId, agencyId };
    if (!refusedScope({ branchId: null, agencyId: null }, scope)) return [value.trim(), scope];
  }
  throw new StartUpError(
    `ANTREAN_OIDC_ROLES: each entry is VALUE=ROLE, VALUE=ROLE@HALL or VALUE=ROLE@HALL/AGENCY, with commas between them; ROLE is one of ${staffRoles.join(', ')}, an agency administrator has an agency, managers and administrators have none`,
  );
};
