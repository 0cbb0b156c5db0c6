import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';

/** A cell: `null` is empty. */
export type Cell = string | number | null;

/**
 * Sends a table as CSV (RFC 4180) that is saved under a name. Names of columns are for programs, and the same in every
 * language; a name that begins as a formula does is no formula for whoever opens it in a spreadsheet.
 */
export const sendTable = (
  reply: FastifyReply,
  name: string,
  columns: readonly string[],
  lines: readonly (readonly Cell[])[],
) =>
  reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(
      stringify([columns, ...lines] as Cell[][], { bom: true, escape_formulas: true, record_delimiter: 'windows' }),
    );
