import { webhookHosts } from '@antrean/server/alerts/webhook-hosts.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { afterAll, expect, test } from 'vitest';
import { WebhookSink } from '../harness/webhook-sink.ts';
import { look, startAdministration } from './administer.ts';
import { sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { shippedBlueprint } from './screens-hall.ts';

const sink = new WebhookSink();
await sink.start();
afterAll(() => sink.stop());
const shipped = shippedBlueprint('asan');
const { hall, open } = await startAdministration(
  { ...shipped, rules: { ...shipped.rules, alertWaiting: 1 } },
  { webhookHosts: webhookHosts(`${sink.host},localhost`) },
);
const sizesOf = [
  ['', sizes.counter],
  ['-narrow', sizes.beside],
] as const;

test('[ALERT-8] [ALERT-9] an administrator adds a webhook, reads its secret once, tests it, and reads that it stopped', async () => {
  const { page, context, faults } = await open('alerts');
  await page.locator('[name=webhook]').fill('https://elsewhere.example/antrean');
  await page.locator('[data-action=add-webhook]').click();
  await page.getByText('Webhooks may not go to this address.').waitFor();
  const address = `http://${sink.host}/antrean`;
  await page.locator('[name=webhook]').fill(address);
  await page.locator('[data-action=add-webhook]').click();
  const secret = page.getByTestId('webhook-secret');
  await secret.waitFor();
  expect(await secret.inputValue()).toMatch(/^whsec_/);
  expect(await page.locator('.made [data-action=copy]').count()).toBe(1);
  const one = page.locator(`[data-subscriber="${address}"]`);
  await one.waitFor();
  await look(page, 'admin-alerts-webhook-secret', true);
  await page.locator('[data-action=close-secret]').click();
  await secret.waitFor({ state: 'detached' });

  await one.locator('[data-action=test]').click();
  await eventually(() => one.locator('[role=status]').textContent()).toContain('Arrived: the receiver answered 204.');
  sink.answers.push(503);
  await one.locator('[data-action=test]').click();
  await eventually(() => one.locator('[role=status]').textContent()).toContain('the receiver refuses it (503)');
  sink.answers.push(410);
  await one.locator('[data-action=test]').click();
  await one.getByTestId('stopped').waitFor();
  await look(page, 'admin-alerts-webhook-stopped', true);

  await page
    .locator('[name=webhook]')
    .fill('https://localhost/a-rather-long-way/to-the-alerts-of-a-hall/of-a-ministry');
  await page.locator('[data-action=add-webhook]').click();
  await secret.waitFor();
  await hall.visitor.post('/tickets', { serviceId: shipped.services[0]!.id });
  for (const language of catalogueLanguages) {
    for (const [name, size] of sizesOf) {
      const other = await open('alerts', language, size);
      await other.page.locator('[data-subscriber]').first().waitFor();
      await eventually(async () => {
        await other.page.reload();
        await other.page.locator('[data-subscriber]').first().waitFor();
        return other.page.getByTestId('alertHook-waiting').count();
      }).toBe(1);
      expect(await other.page.getByTestId('webhook-secret').count()).toBe(0);
      if (language !== 'en' && name === '') {
        // The longest words stand where a secret is shown.
        await other.page.locator('[name=webhook]').fill(`http://${sink.host}/of-${language}`);
        await other.page.locator('[data-action=add-webhook]').click();
        await other.page.getByTestId('webhook-secret').waitFor();
      }
      await look(other.page, `admin-alerts-webhook${name}-${language}`, true);
      expect(other.faults).toEqual([]);
      await other.context.close();
    }
  }
  await one.locator('[data-action=remove]').click();
  await page.locator('[data-action=go]').click();
  await one.waitFor({ state: 'detached' });
  expect(faults.filter((fault) => !fault.includes('409'))).toEqual([]);
  await context.close();
}, 120_000);
