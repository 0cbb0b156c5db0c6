import type { CatalogueLanguage, MessageKey, Translate } from '@antrean/shared/locales/translate.ts';
import { loadTranslate } from '@antrean/shared/locales/load-translate.ts';
import type { Lengths, ReportView } from '@antrean/shared/protocol/report.ts';
import { definedTerms } from '@antrean/shared/views/report-terms.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import { keptOf, sayRow, shareOfTold } from '@antrean/shared/views/say-report.ts';
import writeExcelFile, { type Cell } from 'write-excel-file/node';
import { linesOf, type ReportLine } from './report-lines.ts';

/** The media type of a workbook (XLSX). */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** In which words a workbook is written. */
export interface WorkbookWords {
  readonly language: CatalogueLanguage;
  /** The languages that names are said in where they have none in the one asked for. */
  readonly names: readonly string[];
  /** What the whole is called. */
  readonly whole: (say: (texts: Readonly<Record<string, string>>) => string) => string | null;
}

let latest: Promise<unknown> = Promise.resolve();
/** One after another: each takes some megabytes while it is made. */
const inTurn = <T>(make: () => Promise<T>): Promise<T> => {
  const made = latest.then(make);
  latest = made.catch(() => {});
  return made;
};

/**
 * A report as a workbook of two sheets, the table and what its figures mean, in a language. Numbers, days and lengths are
 * such; whatever a name begins with, it is text and no formula.
 */
export const reportWorkbook = async (report: ReportView, words: WorkbookWords): Promise<Buffer> => {
  const say = await loadTranslate(words.language);
  return inTurn(() => writeWorkbook(report, say, words));
};

const writeWorkbook = (
  report: ReportView,
  say: Translate,
  { language, names, whole }: WorkbookWords,
): Promise<Buffer> => {
  const sayText = (texts: Readonly<Record<string, string>> | undefined) => sayName(texts, language, names);
  const nameOf = ({ row }: ReportLine): string =>
    row ? sayRow(row, report.by, say, { say: sayText }, language) : (whole(sayText) ?? say('report.all'));
  const columns = columnsOf(report, say, nameOf);
  const { targetMinutes, zone } = report;
  const terms: Cell[][] = definedTerms.map(([term, meaning]) =>
    [term, meaning].map((key) => text(say(key, { minutes: targetMinutes }))),
  );
  const about = zone === undefined ? say('report.zonesAre') : say('report.zoneIs', { zone });
  const sheets = [
    {
      data: [
        columns.map(({ head }) => ({ ...text(head), fontWeight: 'bold' as const, wrap: true })),
        ...linesOf(report).map((line) => columns.map(({ cell }) => cell(line))),
      ],
      sheet: sheetName(say('report.table')),
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
    },
    {
      data: [...terms, [text(''), text(about)]],
      sheet: sheetName(say('report.definitionsSheet')),
      columns: [{ width: 30 }, { width: 110 }],
    },
  ];
  return writeExcelFile(sheets).toBuffer();
};

interface Column {
  readonly head: string;
  readonly width: number;
  readonly cell: (line: ReportLine) => Cell;
}

const text = (value: string) => ({ value, type: String });
/** Names of sheets have at most 31 signs, and none of these. */
const sheetName = (name: string): string => name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31);

const day = (value: string): Cell => ({ value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' });
const whole = (value: number): Cell => ({ value, type: Number, format: '#,##0' });
/** A length as spreadsheets have it, in days. */
const length = (seconds: number | null): Cell =>
  seconds === null ? null : { value: seconds / 86_400, type: Number, format: '[h]:mm:ss' };
const share = ({ count, of }: { readonly count: number; readonly of: number }): Cell =>
  of === 0 ? null : { value: count / of, type: Number, format: '0.0%' };

const columnsOf = (report: ReportView, say: Translate, nameOf: (line: ReportLine) => string): Column[] => {
  const said = (key: MessageKey): string => say(key, { minutes: report.targetMinutes });
  const lengths = (key: MessageKey, of: (line: ReportLine) => Lengths): Column[] =>
    [
      ['report.measured', ({ count }: Lengths) => whole(count)] as const,
      ['report.mean', ({ meanSeconds }: Lengths) => length(meanSeconds)] as const,
      ['report.median', ({ medianSeconds }: Lengths) => length(medianSeconds)] as const,
      ['report.p90', ({ p90Seconds }: Lengths) => length(p90Seconds)] as const,
      ['report.max', ({ maxSeconds }: Lengths) => length(maxSeconds)] as const,
    ].map(([what, cell]) => ({ head: `${said(key)}: ${said(what)}`, width: 12, cell: (line) => cell(of(line)) }));
  const count = (key: MessageKey, of: (line: ReportLine) => number): Column => ({
    head: said(key),
    width: 12,
    cell: (line) => whole(of(line)),
  });
  const shared = (key: MessageKey, of: (line: ReportLine) => { count: number; of: number }): Column[] => [
    { head: said(key), width: 12, cell: (line) => share(of(line)) },
    { head: `${said(key)}: ${said('report.measured')}`, width: 12, cell: (line) => whole(of(line).of) },
  ];
  return [
    { head: said('report.from'), width: 12, cell: ({ from }) => day(from) },
    { head: said('report.to'), width: 12, cell: ({ to }) => day(to) },
    {
      head: say('report.byWhat', { by: report.by }),
      width: 30,
      cell: (line) => (report.by === 'day' && line.row ? day(line.row.key) : text(nameOf(line))),
    },
    count('report.joined', ({ figures }) => figures.joined),
    ...lengths('report.wait', ({ figures }) => figures.wait),
    ...shared('report.within', ({ figures }) => figures.withinTarget),
    ...shared('report.kept', ({ figures }) => keptOf(figures.told)),
    ...(['sooner', 'within', 'later'] as const).map((how): Column => ({
      head: `${said('report.told')}: ${say('report.toldHow', { how })}`,
      width: 12,
      cell: ({ figures }) => share(shareOfTold(figures.told, how)),
    })),
    ...lengths('report.walk', ({ figures }) => figures.walk),
    ...lengths('report.service', ({ figures }) => figures.service),
    ...shared('report.withinStandard', ({ figures }) => figures.withinStandard),
    count('report.done', ({ figures }) => figures.done),
    count('report.moved', ({ figures }) => figures.moved),
    ...shared('report.abandoned', ({ figures }) => figures.abandoned),
    ...shared('report.noShows', ({ figures }) => figures.noShows),
    ...shared('report.rejoined', ({ figures }) => figures.rejoined),
    ...shared('report.outOfTurn', ({ figures }) => figures.outOfTurn),
    count('report.open', ({ figures }) => figures.open),
  ];
};
