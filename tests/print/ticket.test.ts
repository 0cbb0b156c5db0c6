import { layTicket } from '@antrean/server/print/lay-ticket.ts';
import { testPageTexts } from '@antrean/server/print/test-page-texts.ts';
import { ticketTexts } from '@antrean/server/print/ticket-texts.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { describe, expect, test } from 'vitest';
import { bandsOf, codeOn, keepPaper, longTicket, printer, shippedSetup } from './paper-scene.ts';

const dotsPerMm = 203 / 25.4;
const asan = shippedSetup('asan');
const banyuwangi = shippedSetup('mpp-banyuwangi');
const halls = [asan, banyuwangi];

const longestIn = (setup: typeof asan, language: string): string =>
  [...setup.services.values()].toSorted((a, b) => (b.name[language]?.length ?? 0) - (a.name[language]?.length ?? 0))[0]!
    .id;

describe.each([80, 58] as const)('%i mm', (paper) => {
  test('[PAPER-1] the number is 18 to 25 mm high, the code can be read and is 25 mm wide, in every language', async () => {
    for (const setup of halls) {
      for (const language of catalogueLanguages) {
        const ticket = longTicket(setup, longestIn(setup, setup.languages[0]!), language, language === 'ru');
        const raster = printer.draw(ticketTexts(ticket), paper);
        await keepPaper(raster, `${setup.branchId}-${language}-${paper}`);
        expect(raster.width).toBe(paper === 80 ? 576 : 384);
        expect(codeOn(raster)).toBe(ticket.link);
        const heights = bandsOf(raster).map(([from, to]) => (to - from) / dotsPerMm);
        const [code = 0, number = 0] = heights.toSorted((a, b) => b - a);
        expect(number).toBeGreaterThanOrEqual(18);
        expect(number).toBeLessThanOrEqual(25);
        expect(code).toBeGreaterThanOrEqual(25);
      }
    }
  });

  test('[PAPER-2] every service of the halls that ship has room, under 120 mm, also as a copy', () => {
    let longest = 0;
    for (const setup of halls) {
      for (const { id } of setup.services.values()) {
        for (const language of new Set([...setup.languages, ...catalogueLanguages])) {
          const { height } = layTicket(ticketTexts(longTicket(setup, id, language, true)), paper, printer.measure);
          longest = Math.max(longest, height);
        }
      }
    }
    console.log(`the longest ticket on ${paper} mm: ${(longest / dotsPerMm).toFixed(1)} mm`);
    expect(longest / dotsPerMm).toBeLessThan(120);
  });
});

test('[PAPER-1] what is said, in which order: the visitor’s language first, the hall’s second', () => {
  const { services, standing, next, copy } = ticketTexts(longTicket(asan, longestIn(asan, 'az'), 'ru', true));
  expect(copy).toEqual(['КОПИЯ · SURƏT']);
  expect(services.length).toBeGreaterThan(0);
  expect(standing.map(([text]) => text?.split(' ')[0])).toEqual(['Перед', 'Sizdən']);
  expect(next).toHaveLength(2);
  // In the hall's own language nothing is said twice.
  expect(ticketTexts(longTicket(asan, longestIn(asan, 'az'), 'az')).next).toHaveLength(1);
  expect(ticketTexts(longTicket(asan, longestIn(asan, 'az'), 'az')).copy).toBeUndefined();
});

test('a word that has no room in a line is broken inside, and nothing of it is lost', () => {
  const texts = {
    ...ticketTexts(longTicket(banyuwangi, longestIn(banyuwangi, 'id'), 'id')),
    services: ['x'.repeat(160)],
  };
  const { pieces, width } = layTicket(texts, 58, (text, size) => text.length * size * 0.6);
  const broken = pieces.flatMap((piece) => (piece.kind === 'text' && /^x+$/.test(piece.text) ? [piece] : []));
  expect(broken.map(({ text }) => text).join('')).toBe('x'.repeat(160));
  for (const { text, size } of broken) expect(text.length * size * 0.6).toBeLessThanOrEqual(width);
});

test('[PAPER-8] a test page has the hall, the printer, every language, a ruler from edge to edge and a code', async () => {
  const texts = testPageTexts({
    setup: asan,
    printer: { id: 'door', name: asan.name, address: 'fd00::50', port: 9_100, paper: 80 },
    at: Date.UTC(2026, 10, 27, 3, 45),
    link: 'https://antrean.example.org/',
  });
  expect([texts.place, new Set(texts.sentences).size]).toEqual(['[fd00::50]:9100', catalogueLanguages.length]);
  for (const paper of [80, 58] as const) {
    const raster = printer.drawTest(texts, paper);
    await keepPaper(raster, `test-page-${paper}`);
    expect(codeOn(raster)).toBe(texts.link);
    const { width, height, dots } = raster;
    const isWhole = (y: number): boolean => !dots.subarray(y * width, (y + 1) * width).includes(0);
    expect(Array.from({ length: height }, (_, y) => y).filter(isWhole)).toHaveLength(3);
  }
});
