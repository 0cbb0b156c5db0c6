import type { CatalogueLanguage, Translate } from '@antrean/shared/locales/translate.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Visit } from './find-visit.ts';

export interface AskedVisit {
  readonly Params: { readonly link: string };
  readonly Querystring: {
    readonly language?: string;
    readonly leave?: string;
    readonly contact?: string;
    readonly erase?: string;
  };
}

/** Why what was asked for was not done, in words; with what was typed, so that it can be corrected. */
export interface Refused {
  readonly status: number;
  readonly reason: string;
  readonly typed?: string;
}

/** What the forms of a visit's page need of it. */
export interface VisitPages {
  /** Answers with the page. */
  readonly page: (request: FastifyRequest<AskedVisit>, reply: FastifyReply, refused?: Refused) => Promise<FastifyReply>;
  readonly say: (request: FastifyRequest<AskedVisit>, visit: Visit) => Translate;
  readonly pathOf: (request: FastifyRequest<AskedVisit>) => string;
  readonly languageOf: (request: FastifyRequest<AskedVisit>, visit: Visit) => CatalogueLanguage;
}
