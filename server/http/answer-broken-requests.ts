import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, sendProblem } from './send-problem.ts';

/** An address that cannot be read, which no route is asked about. */
export const answerUnreadableAddress = (error: Error, request: FastifyRequest, reply: FastifyReply): void =>
  sendProblem(request, reply, 400, 'INVALID', { reason: error.message });

const found: Readonly<Record<string, readonly [status: string, reason: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'headers of more than 8 KiB'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'it did not end in time'],
};

/** What is not HTTP, comes too slowly or is too long for Node's parser: a problem like any other, and the door. */
export const answerBrokenRequest = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const [status, reason] = found[error.code ?? ''] ?? ['400 Bad Request', 'not HTTP/1.1 as RFC 9112 has it'];
    const body = JSON.stringify(problemOf('en', 'INVALID', { reason }));
    socket.write(
      `HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
        `content-type: application/json; charset=utf-8\r\nconnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroy(error);
};
