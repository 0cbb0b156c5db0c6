import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { afterAll, expect, test } from 'vitest';
import { MailSink } from '../harness/mail-sink.ts';
import { look, startAdministration } from './administer.ts';
import { sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { shippedBlueprint } from './screens-hall.ts';

const sink = new MailSink();
await sink.be('takes');
afterAll(() => sink.stop());
const shipped = shippedBlueprint('asan');
const { hall, open } = await startAdministration(shipped, {
  mail: { smtpUrl: sink.url, from: 'queue@hall.example' },
});

test('[REPORT-21] an administrator adds who gets reports, sends one, and reads how they get on', async () => {
  const { page, context, faults } = await open('report-mail');
  await page.getByText('Nobody gets reports yet.').waitFor();
  await page.locator('[name=address]').fill('manager@hall.example');
  await page.locator('[name=language]').selectOption('az');
  await page.locator('[name=every]').selectOption('week');
  await page.locator('[data-action=add]').click();
  const one = page.locator('[data-subscriber="manager@hall.example"]');
  await one.waitFor();
  expect(await one.textContent()).toMatch(/Every week · The whole hall · azərbaycan.*Next: /i);
  expect(await page.locator('[name=address]').inputValue()).toBe('');
  await page.locator('[name=address]').fill('Manager@hall.example');
  await page.locator('[data-action=add]').click();
  await page.getByText('This address gets this report already.').waitFor();
  // The agency with the longest name.
  const longest = shipped.agencies.toSorted((a, b) => (b.name.az ?? '').length - (a.name.az ?? '').length)[0]!;
  await page.locator('[name=address]').fill('a-rather-long-name.of-somebody@a-rather-long-name-of-a-ministry.example');
  await page.locator('[name=agency]').selectOption(longest.id);
  await page.locator('[name=every]').selectOption('month');
  await page.locator('[data-action=add]').click();
  await eventually(() => page.locator('[data-subscriber]').count()).toBe(2);

  await one.locator('[data-action=send]').click();
  await eventually(() => one.locator('[role=status]').textContent()).toContain('The mail server took the report of');
  expect(sink.taken.map(({ to, files }) => [to.join(), files.length])).toEqual([['manager@hall.example', 1]]);
  await sink.be('refuses');
  await one.locator('[data-action=send]').click();
  await eventually(() => one.locator('[role=status]').textContent()).toContain('the mail server refuses it');

  // As it is a while later: one that was sent and one that waits, after one that was given up.
  await hall.sql`
    update report_subscriber set sent_from = next_from - 7, sent_at = now(),
      lost_from = next_from - 14, lost_problem = 'refused', problem = 'unreachable' where every = 'week'`;
  for (const language of catalogueLanguages) {
    for (const [name, size] of [
      ['', sizes.counter],
      ['-narrow', sizes.beside],
    ] as const) {
      const other = await open('report-mail', language, size);
      await other.page.getByTestId('failing').waitFor();
      await other.page.getByTestId('lost').waitFor();
      await look(other.page, `admin-report-mail${name}-${language}`, true);
      expect(other.faults).toEqual([]);
      await other.context.close();
    }
  }

  await one.locator('[data-action=remove]').click();
  await page.locator('[data-action=go]').click();
  await one.waitFor({ state: 'detached' });
  expect(await page.locator('[data-subscriber]').count()).toBe(1);
  expect(faults).toEqual([]);
  await context.close();
}, 120_000);
