import type { FastifyRequest } from 'fastify';

/** The address a request was sent from; empty when whoever sent it is gone by now, which Fastify's types know nothing of. */
export const senderOf = ({ ip }: FastifyRequest): string => (ip as string | undefined) ?? '';
