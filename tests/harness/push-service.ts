import { createECDH, randomBytes } from 'node:crypto';
import { Agent, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { OtherPushService } from '@antrean/server/notify/web-push.ts';
import type { PushMessage, PushSubscription } from '@antrean/shared/protocol/web-push.ts';
import ece from 'http_ece';
import { generate } from 'selfsigned';

/** What came for a phone. */
export interface Delivered {
  readonly message: PushMessage;
  /** s */
  readonly ttl: number;
  readonly urgency: string | undefined;
  readonly authorization: string | undefined;
}

/** A push service over TLS on loopback with one phone, which opens what is sealed for it. */
export interface TestPushService extends OtherPushService {
  readonly subscription: PushSubscription;
  readonly delivered: readonly Delivered[];
  /** What comes is answered with these, one after another; then with 201. */
  readonly answers: number[];
  readonly close: () => Promise<void>;
}

export const startPushService = async (): Promise<TestPushService> => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const phone = createECDH('prime256v1');
  const p256dh = phone.generateKeys().toString('base64url');
  const auth = randomBytes(16).toString('base64url');
  const delivered: Delivered[] = [];
  const answers: number[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const opened = ece.decrypt(Buffer.concat(parts), { version: 'aes128gcm', privateKey: phone, authSecret: auth });
      const { ttl, urgency, authorization } = request.headers;
      delivered.push({
        message: JSON.parse(opened.toString('utf8')) as PushMessage,
        ttl: Number(ttl),
        urgency: urgency as string | undefined,
        authorization,
      });
      response.writeHead(answers.shift() ?? 201).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    agent: new Agent({ rejectUnauthorized: false }),
    subscription: { endpoint: `https://${host}/phone`, keys: { p256dh, auth } },
    delivered,
    answers,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
};
