import { periodCompared } from '@antrean/shared/domain/report-period.ts';
import { loadTranslate } from '@antrean/shared/locales/load-translate.ts';
import { catalogueFor, type Translate } from '@antrean/shared/locales/translate.ts';
import type { ReportFigures, ReportView } from '@antrean/shared/protocol/report.ts';
import { daysText } from '@antrean/shared/views/date-text.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import { keptOf, lengthText, percentText } from '@antrean/shared/views/say-report.ts';
import type { Period } from '../insight/period.ts';
import { reportOf } from '../http/report-of-period.ts';
import { reportWorkbook, workbookType } from '../http/report-workbook.ts';
import type { Mail } from '../mail/mailer.ts';
import type { ReportMailPorts } from './report-mail-ports.ts';
import type { Subscriber } from './subscriber-rows.ts';

/** Of what, how often and in which language. */
export type AskedMail = Pick<Subscriber, 'branchId' | 'agencyId' | 'every' | 'language'>;

export interface WrittenReport {
  readonly mail: Pick<Mail, 'subject' | 'text' | 'files'>;
  /** Whether nobody came. */
  readonly isEmpty: boolean;
}

/**
 * The report of a period as an e-mail: its main figures beside those of an earlier period, and by service as a workbook, all
 * from the same statements as the page of the reports. Throws what Postgres throws.
 */
export const writeReport = async (
  ports: ReportMailPorts,
  { branchId, agencyId, language: asked, every }: AskedMail,
  period: Period,
): Promise<WrittenReport> => {
  const earlier = periodCompared(every, period);
  const query = { ...period, by: 'service', compare: `${earlier.from}..${earlier.to}` } as const;
  const answer = await reportOf(ports, branchId, query, { branchId: null, agencyId });
  if (answer.kind !== 'done') throw new Error(`no report of ${period.from} to ${period.to}`);
  const { report } = answer;
  const { setup } = await ports.halls.branch(branchId);
  const language = catalogueFor(asked);
  const say = await loadTranslate(language);
  const sayIt = (texts: Readonly<Record<string, string>>): string => sayName(texts, language, setup.languages);
  const agency = agencyId === null ? undefined : setup.agencies.get(agencyId)?.name;
  const of = [sayIt(setup.name), ...(agency ? [sayIt(agency)] : [])].join(' · ');
  const days = daysText(say, period);
  const page = `/reports?branch=${branchId}&from=${period.from}&to=${period.to}&by=service`;
  const link = ports.publicUrl && new URL(page, ports.publicUrl).href;
  const content = await reportWorkbook(report, { language, names: setup.languages, whole: () => of });
  return {
    mail: {
      subject: say('reportMail.subject', { of, days }),
      text: [
        of,
        days,
        '',
        ...(report.all.joined === 0 ? [say('report.nothing')] : figuresText(say, report)),
        '',
        say('reportMail.earlier', { days: daysText(say, earlier) }),
        say('reportMail.attached'),
        '',
        ...(link ? [link, ''] : []),
        say('reportMail.why'),
      ].join('\n'),
      files: [{ name: `antrean-report-${branchId}-${period.from}-${period.to}.xlsx`, type: workbookType, content }],
    },
    isEmpty: report.all.joined === 0,
  };
};

/** A line for each figure: what it is, now, and earlier in brackets. */
const figuresText = (say: Translate, { all, compared, targetMinutes }: ReportView): string[] => {
  const line = (name: string, of: (figures: ReportFigures) => string): string =>
    `${name}: ${of(all)}${compared ? ` (${of(compared.all)})` : ''}`;
  return [
    line(say('report.joined'), ({ joined }) => String(joined)),
    line(say('report.done'), ({ done }) => String(done)),
    line(say('report.waitMedian'), ({ wait }) => lengthText(wait.medianSeconds)),
    line(say('report.waitP90'), ({ wait }) => lengthText(wait.p90Seconds)),
    line(say('report.within', { minutes: targetMinutes }), ({ withinTarget }) => percentText(withinTarget)),
    line(say('report.kept'), ({ told }) => percentText(keptOf(told))),
    line(say('report.serviceMedian'), ({ service }) => lengthText(service.medianSeconds)),
    line(say('report.abandoned'), ({ abandoned }) => percentText(abandoned)),
    line(say('report.noShows'), ({ noShows }) => percentText(noShows)),
  ];
};
