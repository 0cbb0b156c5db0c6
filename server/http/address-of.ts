import type { FastifyRequest } from 'fastify';

/** Where a request came from; empty when whoever sent it is gone by now, which Fastify's types know nothing of. */
export const addressOf = ({ ip }: FastifyRequest): string => (ip as string | undefined) ?? '';
