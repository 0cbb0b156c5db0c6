import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { isAtKiosk } from '@antrean/shared/domain/usb-address.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { PrintersView } from '@antrean/shared/protocol/printers.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { kioskCondition } from './kiosk-condition.ts';

export const listPrintersRoute = (app: App, { halls, clock, inScope, printing: { printers } }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/printers',
    {
      schema: {
        operationId: 'listPrinters',
        tags: ['printer'],
        summary: 'The printers of a hall and how they are; those in the network are asked now',
        params: BranchParams,
        response: { 200: PrintersView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('ticket:print'),
    },
    async (request) => {
      const branchId = request.params.branchId as BranchId;
      const { setup } = await halls.branch(branchId);
      const all = [...setup.printers.values()];
      await printers.look(all.filter((printer) => !isAtKiosk(printer)));
      const views = all.map(async (printer, at) => {
        const { id, name = null, paper } = printer;
        const atKiosk = isAtKiosk(printer);
        const { condition = null, since = null } = atKiosk
          ? { condition: await kioskCondition(inScope, branchId, id, at === 0) }
          : (printers.how(printer) ?? {});
        return { id, name, paper, atKiosk, condition, since };
      });
      return { at: clock.now(), printers: await Promise.all(views) };
    },
  );
