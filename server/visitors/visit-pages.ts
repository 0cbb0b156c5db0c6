import type { Translate } from '@antrean/shared/locales/translate.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Visit } from './find-visit.ts';
import type { About } from './visit-frame.ts';

export interface AskedVisit {
  readonly Params: { readonly link: string };
  readonly Querystring: {
    readonly language?: string;
    readonly leave?: string;
    readonly contact?: string;
    readonly erase?: string;
    readonly push?: string;
    readonly big?: string;
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
  /** The page that a form leads back to, with what was chosen on it. */
  readonly pageOf: (request: FastifyRequest<AskedVisit>, about?: About) => string;
}
