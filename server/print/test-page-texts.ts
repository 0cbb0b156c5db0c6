import type { BranchSetup, HallPrinter } from '@antrean/shared/domain/setup.ts';
import { catalogueFor, catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { momentText } from '@antrean/shared/views/date-text.ts';
import { sayIn } from '../http/send-problem.ts';
import type { TestPageTexts } from './lay-test-page.ts';

interface TestPage {
  readonly setup: Pick<BranchSetup, 'name' | 'zone' | 'languages'>;
  readonly printer: HallPrinter;
  /** Epoch ms. */
  readonly at: number;
  /** What the code opens. */
  readonly link: string;
}

/** The words of a test page: whose it is in the hall's first language, and a sentence in every language that there is. */
export const testPageTexts = ({ setup, printer, at, link }: TestPage): TestPageTexts => {
  const home = setup.languages[0] ?? 'en';
  const say = sayIn(catalogueFor(home));
  return {
    hall: setup.name[home] ?? '',
    printer: printer.name?.[home] ?? printer.id,
    place: `${printer.address.includes(':') ? `[${printer.address}]` : printer.address}:${printer.port}`,
    printed: momentText(say, setup.zone, at),
    sentences: catalogueLanguages.map((language) => sayIn(catalogueFor(language))('paper.test')),
    ruler: say('paper.ruler'),
    link,
  };
};
