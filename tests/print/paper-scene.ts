import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Raster, TicketPrinter } from '@antrean/server/print/draw-ticket.ts';
import type { PaperTicket } from '@antrean/server/print/ticket-texts.ts';
import { parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import jsqr from 'jsqr';

const folder = fileURLToPath(new URL('../../artefacts/paper', import.meta.url));

export const printer = await TicketPrinter.load().then((loaded) => {
  if (!loaded) throw new Error('@napi-rs/canvas is not installed');
  return loaded;
});

/** The set-up of a hall that ships with the product: it has the longest real names. */
export const shippedSetup = (name: 'asan' | 'mpp-banyuwangi'): BranchSetup => {
  const file = new URL(`../../server/setup/blueprints/${name}.yaml`, import.meta.url);
  return setupOfBlueprint(parseBlueprint(readFileSync(file, 'utf8')).blueprint!);
};

const link = 'https://antrean.banyuwangikab.example.id/v/Zk3vQm0yT1aXh8sPw5LrDg';

/** A ticket of the longest kind: its wait known, in another language than the hall's. */
export const longTicket = (
  setup: BranchSetup,
  serviceId: string,
  language: string,
  isCopy = false,
): PaperTicket & { link: string } => ({
  setup,
  ticket: { number: 'AW128', serviceId: serviceId as ServiceId, language, issuedAt: Date.UTC(2026, 10, 27, 3, 45) },
  ahead: 22,
  expected: {
    p50Ms: 95 * 60_000,
    p90Ms: 140 * 60_000,
    thin: false,
    services: 40,
    ownServices: 20,
    waits: 50,
    counters: 2,
    idle: 0,
    ahead: 22,
    serviceMs: 400_000,
  },
  link,
  isCopy,
});

/** Keeps what would come out of the printer, for people to look at; `artefacts/` is not under version control. */
export const keepPaper = async (raster: Raster, name: string): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.png`), await printer.picture(raster));
};

/** What the code on a ticket says, read by its dots. */
export const codeOn = ({ width, height, dots }: Raster): string => {
  const rgba = Uint8ClampedArray.from({ length: dots.length * 4 }, (_, at) =>
    at % 4 === 3 || dots[at >> 2] === 0 ? 255 : 0,
  );
  return jsqr.default(rgba, width, height)?.data ?? '';
};

/** Rows of dots that have black in them, one after another without a gap: `[from, to)` from above. */
export const bandsOf = ({ width, height, dots }: Raster): [number, number][] => {
  const bands: [number, number][] = [];
  for (let y = 0; y < height; y++) {
    if (!dots.subarray(y * width, (y + 1) * width).includes(1)) continue;
    const last = bands.at(-1);
    if (last?.[1] === y) last[1] = y + 1;
    else bands.push([y, y + 1]);
  }
  return bands;
};
