import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chooseDay, readRecordedDays } from '@antrean/server/rehearsal/read-recorded-day.ts';
import { recordedDesk } from '@antrean/server/rehearsal/recorded-desk.ts';
import { replayDay } from '@antrean/server/rehearsal/replay.ts';
import { reportLines, tallyOf } from '@antrean/server/rehearsal/report.ts';
import { expect, test } from 'vitest';
import { startTestHall } from '../harness/test-hall.ts';

/** For research use only, so no part of the product: beside the checkout, or where ANTREAN_RECORDED_DAYS says. */
const file =
  process.env.ANTREAN_RECORDED_DAYS ??
  fileURLToPath(new URL('../../../shared/data/bank-1999-02a.csv', import.meta.url));
const isThere = existsSync(file);
if (!isThere) console.log(`not run: there are no real recorded days at ${file} (ANTREAN_RECORDED_DAYS)`);

test.skipIf(!isThere)(
  'a real day of a service desk goes through a real hall, every visitor accounted for',
  { timeout: 300_000 },
  async () => {
    const record = await readRecordedDays(file);
    const { visits } = chooseDay(file, record, 13);
    const { blueprint, hall } = recordedDesk(record);
    const running = await startTestHall({ blueprint });
    const result = await replayDay({
      address: running.nodes[0]?.address ?? '',
      account: { login: 'manager', password: running.managerPassword },
      hall,
      visits,
      speed: 2_000,
      run: 'real-day',
      signal: AbortSignal.timeout(240_000),
    });
    console.log(reportLines(result).join('\n'));

    expect(result.endedEarly).toBeNull();
    expect(tallyOf(result.journal)).toMatchObject({ recorded: 240, issued: 240, refused: 0, open: 0, unanswered: 0 });
    expect(result.check).toMatchObject({ asked: 240, right: 240, wrong: [] });
    await running.stop();
  },
);
