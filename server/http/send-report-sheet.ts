import type { ReportView } from '@antrean/shared/protocol/report.ts';
import type { FastifyReply } from 'fastify';
import { reportWorkbook, type WorkbookWords, workbookType } from './report-workbook.ts';

/** Sends a report as a workbook. @param of what it is a report of, for the name of the file */
export const sendReportSheet = async (reply: FastifyReply, of: string, report: ReportView, words: WorkbookWords) => {
  const file = await reportWorkbook(report, words);
  const name = `antrean-report-${of}-${report.by}-${report.from}-${report.to}.xlsx`;
  return reply.type(workbookType).header('content-disposition', `attachment; filename="${name}"`).send(file);
};
