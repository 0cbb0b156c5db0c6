import { expect, test } from 'vitest';
import { letIn } from '../harness/let-in.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { closeEach, lookInEach, openInEach } from './each-language.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
const rules = { ...shipped.rules, alertWaiting: 3 };
const { hall, browser } = await startScreens({ ...shipped, languages: ['id', 'en', 'az', 'ru'], rules });
const serviceId = shipped.services.toSorted((a, b) => (b.name.id?.length ?? 0) - (a.name.id?.length ?? 0))[0]!.id;

const issued: string[] = [];
const issue = async (): Promise<void> => {
  const { status, body } = await hall.visitor.post('/tickets', { serviceId });
  expect(status).toBe(201);
  issued.push((body.ticket as { id: string }).id);
};

test('[ALERT-4] [ALERT-5] an alert is on the manager’s page as soon as it stands, is put off and is over, and nothing beneath moves', async () => {
  const { page, context, faults } = await openPage(browser, `${hall.address}/manager?lang=en`, sizes.counter);
  await signInOnPage(page, 'manager', hall.managerPassword);
  const panel = page.locator('[data-alerts]');
  const waiting = page.locator('[data-alert=waiting]');
  const topOfTiles = async (): Promise<number> => (await page.locator('.tiles').boundingBox())!.y;
  await page.getByText('Nothing is past its limit').first().waitFor();
  const top = await topOfTiles();
  await look(page, 'manager-alerts-none');

  await issue();
  await issue();
  expect(await panel.getAttribute('data-alerts')).toBe('0');
  await issue();
  const since = performance.now();
  await waiting.waitFor();
  const shownAfter = performance.now() - since;
  console.log(`the alert is shown ${Math.round(shownAfter)} ms after the ticket that raises it`);
  expect(shownAfter).toBeLessThan(2_000);
  expect(await waiting.textContent()).toContain('3 (limit 3)');
  expect(await panel.textContent()).toContain('1 alert');
  expect(await topOfTiles()).toBe(top);
  // Said politely, once.
  const status = panel.locator('[role=status]');
  expect(await status.textContent()).toBe('People waiting: 3 (limit 3)');
  await issue();
  await eventually(() => waiting.textContent()).toContain('4 (limit 3)');
  expect(await status.textContent()).toBe('People waiting: 3 (limit 3)');

  await waiting.locator('[data-snooze="60"]').click();
  await eventually(() => waiting.textContent()).toContain('put off until');
  await look(page, 'manager-alerts-snoozed');
  expect(await topOfTiles()).toBe(top);

  for (const id of issued.splice(0)) await hall.manager.post(`/tickets/${id}/cancel`);
  await eventually(() => panel.getAttribute('data-alerts')).toBe('0');
  const over = page.locator('[data-action=alerts-over]');
  await eventually(() => over.textContent()).toContain('1 over today');
  expect(await page.locator('[data-over]').isVisible()).toBe(false);
  await over.click();
  expect(await page.locator('[data-over=waiting]').textContent()).toContain('4 (limit 3)');
  await look(page, 'manager-alerts-over');
  expect(faults).toEqual([]);
  await context.close();
});

test('alerts in four languages, on a console’s width and in a narrow window', async () => {
  for (let count = 0; count < 5; count++) await issue();
  for (const [name, area] of [
    ['Televisi ruang tunggu lantai dua di sebelah timur', 'Lantai 2, dekat tangga'],
    ['Kiosk', null],
  ] as const) {
    const { device } = await letIn(hall.address, hall.branchId, hall.manager.headers, { kind: 'display', name });
    await hall.sql`
      update device set approved_at = now() - interval '1000 minutes', area = ${area} where id = ${device.id}`;
  }
  for (const [name, size] of [
    ['wide', sizes.counter],
    ['narrow', sizes.beside],
  ] as const) {
    const pages = await openInEach(browser, (language) => `${hall.address}/manager?lang=${language}`, size);
    for (const { page } of pages) await signInOnPage(page, 'manager', hall.managerPassword);
    await lookInEach(pages, `manager-alerts-${name}`, async (page) => {
      await eventually(() => page.locator('[data-alert]').count()).toBe(3);
    });
    expect(pages.flatMap(({ faults }) => faults)).toEqual([]);
    await closeEach(pages);
  }
});

test('whoever may not see alerts has no place for them', async () => {
  const { page, context, faults } = await openPage(browser, `${hall.address}/manager?lang=en`, sizes.counter);
  await signInOnPage(page, 'sari', await hall.hire('sari', 'Sari'));
  await page.locator('.tiles').waitFor();
  expect(await page.locator('[data-alerts]').count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
});
