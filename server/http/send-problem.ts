import az from '@antrean/shared/locales/az.json' with { type: 'json' };
import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import id from '@antrean/shared/locales/id.json' with { type: 'json' };
import ru from '@antrean/shared/locales/ru.json' with { type: 'json' };
import { catalogueFor, type MessageKey, translator } from '@antrean/shared/locales/translate.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';

const say = { en: translator('en', en), id: translator('id', id), az: translator('az', az), ru: translator('ru', ru) };

/** Every code a problem can have has a sentence. */
export type ProblemCode = MessageKey extends infer Key ? (Key extends `refusal.${infer Code}` ? Code : never) : never;

/** Sends a problem with its sentence in the language the caller asked for (`Accept-Language`, else English). */
export const sendProblem = (
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: ProblemCode,
  details?: Readonly<Record<string, string | number | null>>,
): void => {
  const language = catalogueFor(request.headers['accept-language'] ?? 'en');
  const message = say[language](`refusal.${code}`, details);
  void reply.code(status).send({ code, message, ...(details && { details }) });
};
