import type { StaffRole } from '@antrean/shared/domain/permissions.ts';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  type IDToken,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';

export interface StaffScope {
  readonly role: StaffRole;
  readonly branchId: string | null;
  readonly agencyId: string | null;
}

/** Whom another place vouches for, and what they may do here. */
export interface OidcSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret?: string;
  /** What the place is called on the button. */
  readonly name: string;
  /** The claim of an ID token that says what somebody is there, and what each value of it may do here; the first counts. */
  readonly roleClaim: string;
  readonly roles: ReadonlyMap<string, StaffScope>;
  /** Where people reach these pages; absent: at the address they asked. */
  readonly publicUrl?: URL;
}

/** What is checked of an answer: it is to this question of this browser's, and no other. */
export interface OidcChecks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** How long the issuer may take for an answer, seconds. */
const timeoutSeconds = 5;

/** The place that vouches for people (OpenID Connect, authorization code flow with PKCE). Asked when it is first needed. */
export class OidcIssuer {
  readonly settings: OidcSettings;
  #found: Promise<Configuration> | null = null;

  constructor(settings: OidcSettings) {
    this.settings = settings;
  }

  /** Where to send a browser, and what to check of what it comes back with. Throws when the issuer does not answer. */
  async begin(callback: URL): Promise<{ url: URL; checks: OidcChecks }> {
    const config = await this.#find();
    const checks = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(config, {
      redirect_uri: callback.href,
      scope: 'openid profile',
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
    });
    return { url, checks };
  }

  /**
   * What the issuer says of whom it sent back: signature, issuer, audience, time, state and nonce are checked. Throws
   * whatever is wrong; `isAway` tells whether the issuer is.
   */
  async finish(current: URL, { state, nonce, verifier }: OidcChecks): Promise<IDToken> {
    const tokens = await authorizationCodeGrant(await this.#find(), current, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    // An empty subject would be one account for all who have it.
    if (!claims?.sub) throw new Error('the issuer does not say of whom it speaks');
    return claims;
  }

  /** Kept once it was found: an issuer that was away is asked again. */
  #find(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    // Otherwise the signature would not be looked at, since the token comes straight from the issuer.
    const execute = [enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : [])];
    this.#found ??= discovery(issuer, clientId, clientSecret, undefined, { execute, timeout: timeoutSeconds }).catch(
      (error: unknown) => {
        this.#found = null;
        throw error;
      },
    );
    return this.#found;
  }
}

const awayCodes = ['OAUTH_TIMEOUT', 'OAUTH_PARSE_ERROR', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_RESPONSE_IS_NOT_CONFORM'];

/** Whether no sense could be had from the issuer, so that trying later may help. */
export const isAway = (error: unknown): boolean =>
  error instanceof TypeError || awayCodes.includes(String((error as { code?: unknown }).code));
