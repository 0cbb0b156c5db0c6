import az from '@antrean/shared/locales/az.json' with { type: 'json' };
import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import id from '@antrean/shared/locales/id.json' with { type: 'json' };
import ru from '@antrean/shared/locales/ru.json' with { type: 'json' };
import {
  type CatalogueLanguage,
  type MessageKey,
  type Translate,
  translator,
} from '@antrean/shared/locales/translate.ts';
import type { Problem } from '@antrean/shared/protocol/problem.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { askedLanguage } from './asked-language.ts';

const say = { en: translator('en', en), id: translator('id', id), az: translator('az', az), ru: translator('ru', ru) };

/** The texts in the language the caller asked for (`Accept-Language`, else English). */
export const sayTo = (request: FastifyRequest): Translate => say[askedLanguage(request.headers['accept-language'])];
/** Speaks a language that has a catalogue. */
export const sayIn = (language: CatalogueLanguage): Translate => say[language];

/** Every code a problem can have has a sentence. */
export type ProblemCode = MessageKey extends infer Key ? (Key extends `refusal.${infer Code}` ? Code : never) : never;

type Details = Readonly<Record<string, string | number | null>>;

/** A problem with its sentence in a language that has a catalogue. */
export const problemOf = (language: CatalogueLanguage, code: ProblemCode, details?: Details): Problem => ({
  code,
  message: say[language](`refusal.${code}`, details),
  ...(details && { details }),
});

/** Sends a problem with its sentence in the language the caller asked for (`Accept-Language`, else English). */
export const sendProblem = (
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: ProblemCode,
  details?: Details,
): void => {
  void reply.code(status).send(problemOf(askedLanguage(request.headers['accept-language']), code, details));
};
