import { CommandAnswer, IssueTicketBody } from '@antrean/shared/protocol/commands.ts';
import fastify from 'fastify';
import { Server } from 'socket.io';

// The limit: the same schemas and the same push, with no rules, no store and nothing kept.
const app = fastify();
app.post(
  '/v1/branches/:branchId/tickets',
  { schema: { body: IssueTicketBody, response: { 201: CommandAnswer } } },
  (request, reply) => {
    const { commandId, serviceId } = request.body as { commandId: string; serviceId: string };
    const ticket = { id: commandId, number: 'A001', serviceId, status: 'waiting', ahead: 0 };
    return reply.code(201).send({ commandId, version: 1, at: Date.now(), ticket });
  },
);
const io = new Server(app.server, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
const patch = { note: 'x'.repeat(380) };
app.post('/emit', (_request, reply) => {
  setImmediate(() => io.emit('patch', patch));
  return reply.send({ done: true });
});
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.on('message', (question) => {
  if (question === 'rss') {
    // What is collected goes back to the system a moment later.
    (globalThis as { gc?: () => void }).gc?.();
    setTimeout(() => process.send?.({ rssMb: process.memoryUsage().rss / 1_048_576 }), 1_000);
  }
});
process.send?.({ address });
