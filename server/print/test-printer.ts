import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { isAtKiosk } from '@antrean/shared/domain/usb-address.ts';
import { PrinterParams, TestedView } from '@antrean/shared/protocol/printers.ts';
import { byRequest, noteAlone } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { addressOnPaper } from './link-on-paper.ts';
import { testPageTexts } from './test-page-texts.ts';

/** How long a test page waits for tickets at the same printer, ms. */
const patienceMs = 5_000;

/** Prints a page by which people see that everything arrives on paper (PAPER-8). */
export const testPrinterRoute = (app: App, { halls, clock, sql, printing }: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/printers/:printerId/test',
    {
      schema: {
        operationId: 'testPrinter',
        tags: ['printer'],
        summary: 'Prints a test page, and says what came of it',
        params: PrinterParams,
        response: { 200: TestedView, ...problemsOfBody },
      },
      preHandler: app.allow('device:manage'),
    },
    async (request, reply) => {
      const branchId = request.params.branchId as BranchId;
      const { setup } = await halls.branch(branchId);
      const printer = setup.printers.get(request.params.printerId);
      if (!printer) return sendProblem(request, reply, 404, 'PRINTER_UNKNOWN');
      if (isAtKiosk(printer)) return sendProblem(request, reply, 409, 'PRINTER_AT_KIOSK');
      const link = addressOnPaper(printing, request, '/');
      const texts = testPageTexts({ setup, printer, at: clock.now(), link });
      const drawn = await printing.drawing.draw({ kind: 'test', texts, paper: printer.paper, as: 'esc-pos' });
      const outcome =
        typeof drawn === 'string'
          ? ({ kind: 'failed', fault: drawn } as const)
          : await printing.printers.print(printer, drawn, patienceMs);
      await noteAlone(sql, {
        ...byRequest(request),
        action: 'printer.tested',
        branchId,
        subject: printer.id,
        after: { outcome: outcome.kind === 'failed' ? outcome.fault : 'printed' },
      });
      if (outcome.kind === 'failed') return sendProblem(request, reply, 409, outcome.fault);
      return { paper: outcome.paper };
    },
  );
