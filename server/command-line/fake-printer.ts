import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Raster, TicketPrinter } from '../print/draw-ticket.ts';
import { FakePrinter, type FakeState, fakeStates } from '../print/fake-printer.ts';
import { StartUpError } from '../start-up/start-up-error.ts';

export const fakePrinterCommand = (program: Command): void => {
  program
    .command('fake-printer')
    .description('take tickets as a network printer does, and write each as a picture (PNG)')
    .option('--port <port>', 'where to listen', readPort, 9_100)
    .option('--out <folder>', 'where the pictures go', 'tickets')
    .addOption(new Option('--state <state>', 'how the printer is').choices(fakeStates).default('ready'))
    .action(async ({ port, out, state }: { port: number; out: string; state: FakeState }) => {
      const drawing = await TicketPrinter.load();
      if (!drawing) throw new StartUpError('the package @napi-rs/canvas, which draws the pictures, is not installed');
      mkdirSync(out, { recursive: true });
      let count = 0;
      const keep = async (ticket: Raster): Promise<void> => {
        count += 1;
        const file = join(out, `ticket-${String(count).padStart(4, '0')}.png`);
        writeFileSync(file, await drawing.picture(ticket));
        console.log(file);
      };
      const printer = new FakePrinter((ticket) => void keep(ticket));
      printer.state = state;
      console.log(`A printer that is ${state} listens at 127.0.0.1:${await printer.listen(port)}`);
    });
};

const readPort = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('not a port');
  return port;
};
