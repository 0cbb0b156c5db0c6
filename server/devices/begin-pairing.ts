import { BeginPairingBody, PairingView } from '@antrean/shared/protocol/devices.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { countOne } from '../access/limiter.ts';
import { browserOf } from '../access/sessions.ts';
import { hashOfCode } from '../access/hash-code.ts';
import { senderOf } from '../http/sender-of.ts';
import type { App } from '../http/app.ts';
import { sayTo, sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import { isSameOrigin } from '../push/is-same-origin.ts';
import type { DevicePorts } from './device-ports.ts';
import { hashOfToken, newToken, sendToken, tokenHashIn } from './device-token.ts';
import { codeMinutes, newPairingCode, newPicture } from './pairing-code.ts';

/** Codes asked for from one address, behind which all screens of a hall may sit that begin at once. */
export const pairingsOfAddress = { keyPrefix: 'pairings', points: 100, duration: 10 * 60 };

/**
 * A screen asks to be let in. It gets its token at once, the only time, and the token opens nothing before somebody has
 * typed the code: an answer that is lost on the way costs a new code, and later no answer matters.
 */
export const beginPairingRoute = (app: App, { sql, clock, pairings }: DevicePorts) =>
  app.post(
    '/v1/device-pairings',
    {
      schema: {
        operationId: 'beginPairing',
        tags: ['device'],
        summary: 'Asks for a code by which this screen is let in, and gives it the token that is good from then on',
        body: BeginPairingBody,
        response: {
          201: PairingView,
          400: Problem,
          403: Problem,
          413: Problem,
          415: Problem,
          429: Problem,
          503: Problem,
        },
      },
    },
    async (request, reply) => {
      if (!isSameOrigin(request.raw)) return sendProblem(request, reply, 403, 'FOREIGN_ORIGIN');
      const waitSeconds = await countOne(pairings, senderOf(request));
      if (waitSeconds > 0) {
        return sendProblem(request, reply.header('retry-after', waitSeconds), 429, 'TOO_MANY_TRIES', { waitSeconds });
      }
      const token = newToken();
      const code = newPairingCode();
      const picture = newPicture(sayTo(request)('pairing.words'));
      // A screen that begins anew has done with the code before; whoever begins clears away what has run out.
      await withinTimeout(sql`
        with over as (
          delete from device_pairing where expires_at < now() or token_hash = ${tokenHashIn(request.headers.cookie) ?? ''}
        )
        insert into device_pairing (token_hash, code_hash, kind, picture, address, browser, expires_at)
        values (${hashOfToken(token)}, ${hashOfCode(code)}, ${request.body.kind}, ${picture}, ${senderOf(request)},
          ${browserOf(request)}, now() + ${codeMinutes} * interval '1 minute')`);
      sendToken(request, reply, token);
      const at = clock.now();
      return reply.code(201).send({ code, picture, at, expiresAt: at + codeMinutes * 60_000 });
    },
  );
