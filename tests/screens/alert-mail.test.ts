import { afterAll, expect, test } from 'vitest';
import { MailSink } from '../harness/mail-sink.ts';
import { look, startAdministration } from './administer.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { shippedBlueprint } from './screens-hall.ts';

const sink = new MailSink();
await sink.be('takes');
afterAll(() => sink.stop());
const shipped = shippedBlueprint('asan');
const { hall, browser, open } = await startAdministration(
  { ...shipped, rules: { ...shipped.rules, alertWaiting: 1 } },
  { mail: { smtpUrl: sink.url, from: 'queue@hall.example' } },
);

test('[ALERT-6] [ALERT-7] an administrator adds who is told, tests it, and reads that messages wait; so does the manager', async () => {
  const { page, context, faults } = await open('alerts');
  await page.getByText('Nobody is told yet.').waitFor();
  await page.locator('[name=address]').fill('manager@hall.example');
  await page.locator('[name=language]').selectOption('az');
  await page.locator('[data-action=add]').click();
  const one = page.locator('[data-subscriber="manager@hall.example"]');
  await one.waitFor();
  expect(await page.locator('[name=address]').inputValue()).toBe('');
  await page.locator('[name=address]').fill('Manager@hall.example');
  await page.locator('[data-action=add]').click();
  await page.getByText('This address is told already.').waitFor();
  await page.locator('[name=address]').fill('a-rather-long-name.of-somebody@a-rather-long-name-of-a-ministry.example');
  await page.locator('[data-action=add]').click();
  await eventually(() => page.locator('[data-subscriber]').count()).toBe(2);

  await one.locator('[data-action=test]').click();
  await eventually(() => one.locator('[role=status]').textContent()).toContain('The mail server took it.');
  expect(sink.taken.map(({ to }) => to)).toEqual([['manager@hall.example']]);
  await sink.be('refuses');
  await one.locator('[data-action=test]').click();
  await eventually(() => one.locator('[role=status]').textContent()).toContain('the mail server refuses it');

  await sink.be('shut');
  await hall.visitor.post('/tickets', { serviceId: shipped.services[0]!.id });
  for (const language of catalogueLanguages) {
    for (const [name, size] of [
      ['', sizes.counter],
      ['-narrow', sizes.beside],
    ] as const) {
      const other = await open('alerts', language, size);
      await other.page.locator('[data-subscriber]').first().waitFor();
      await eventually(async () => {
        await other.page.reload();
        await other.page.locator('[data-subscriber]').first().waitFor();
        return other.page.getByTestId('alertMail-waiting').count();
      }).toBe(1);
      await look(other.page, `admin-alerts${name}-${language}`, true);
      expect(other.faults).toEqual([]);
      await other.context.close();
    }
  }
  const manager = await openPage(browser, `${hall.address}/manager?lang=en`, sizes.counter);
  await signInOnPage(manager.page, 'manager', hall.managerPassword);
  await manager.page.getByTestId('alertMail-waiting').waitFor();
  expect(await manager.page.getByTestId('alertMail-waiting').textContent()).toContain(
    'the mail server does not answer',
  );
  await look(manager.page, 'manager-alerts-mail-waits', true);

  await one.locator('[data-action=remove]').click();
  await page.locator('[data-action=go]').click();
  await one.waitFor({ state: 'detached' });
  expect(await page.locator('[data-subscriber]').count()).toBe(1);
  expect([...faults, ...manager.faults]).toEqual([]);
  await context.close();
  await manager.context.close();
}, 120_000);
