import { DeviceHealth, OwnDevice } from '@antrean/shared/protocol/devices.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import { browserOf } from '../access/sessions.ts';
import { senderOf } from '../http/sender-of.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import { isSameOrigin } from '../push/is-same-origin.ts';
import type { DevicePorts } from './device-ports.ts';
import { hashOfToken, newToken, sendToken, tokenHashIn } from './device-token.ts';
import { ownDevice } from './own-device.ts';

/** A token is changed after so many days (S4). */
const tokenDays = 30;
/** A new token whose answer seems lost is made once more only when that answer cannot come any more, minutes. */
const answerMinutes = 5;

/**
 * A device says how it is, and gets a new token when its own is old. The old one is good until the new one has come back
 * in such a report: an answer that is lost strands no screen.
 */
export const reportHealthRoute = (app: App, { sql, halls }: DevicePorts) =>
  app.post(
    '/v1/device/health',
    {
      schema: {
        operationId: 'reportHealth',
        tags: ['device'],
        summary: 'A device says how it is, every half minute, and is told what it is to show',
        body: DeviceHealth,
        response: { 200: OwnDevice, ...problemsOfBody },
      },
    },
    async (request, reply) => {
      const { device } = request;
      if (!isSameOrigin(request.raw)) return sendProblem(request, reply, 403, 'FOREIGN_ORIGIN');
      if (!device) return sendProblem(request, reply, 401, 'DEVICE_NEEDED');
      const tokenHash = tokenHashIn(request.headers.cookie) ?? '';
      const fresh = newToken();
      const { id, branchId, kind } = device;
      // Whoever is signed in at the same browser has no part in it.
      const note = { ...byRequest(request), role: kind, by: null, action: 'device.token-rotated' } as const;
      // Of a row that is changed twice in one statement one change would be lost: what it becomes is said once.
      const rotated = await withinTimeout(sql`
        with held as (
          select id, next_token_hash = ${tokenHash} is true as is_next,
            next_token_hash is distinct from ${tokenHash}
              and token_at < now() - ${tokenDays} * interval '1 day'
              and coalesce(next_token_at < now() - ${answerMinutes} * interval '1 minute', true) as is_old
          from device
          where id = ${id} and revoked_at is null and ${tokenHash} in (token_hash, next_token_hash) for update
        ),
        reported as (
          update device set
            seen_at = now(), health = ${JSON.stringify(request.body)}::text::json,
            address = ${senderOf(request)}, browser = ${browserOf(request)},
            token_hash = case when is_next then next_token_hash else token_hash end,
            token_at = case when is_next then now() else token_at end,
            next_token_hash = case when is_old then ${hashOfToken(fresh)} when is_next then null else next_token_hash end,
            next_token_at = case when is_old then now() when is_next then null else next_token_at end
          from held where device.id = held.id returning is_old
        ),
        rotated as (select from reported where is_old),
        noted as (${noteEntry(sql, 'rotated', { ...note, branchId, subject: id })})
        select from rotated`);
      if (rotated.length > 0) sendToken(request, reply, fresh);
      // A screen that was given something else to show, or another printer, learns it from this.
      return ownDevice(halls, device);
    },
  );
