import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { PrintersView } from '@antrean/shared/protocol/printers.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';

export const listPrintersRoute = (app: App, { halls, clock, printing: { printers } }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/printers',
    {
      schema: {
        operationId: 'listPrinters',
        tags: ['printer'],
        summary: 'The printers of a hall and how they are; they are asked now',
        params: BranchParams,
        response: { 200: PrintersView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('ticket:print'),
    },
    async (request) => {
      const { setup } = await halls.branch(request.params.branchId as BranchId);
      const all = [...setup.printers.values()];
      await printers.look(all);
      return {
        at: clock.now(),
        printers: all.map((printer) => {
          const { condition = null, since = null } = printers.how(printer) ?? {};
          return { id: printer.id, name: printer.name ?? null, paper: printer.paper, condition, since };
        }),
      };
    },
  );
