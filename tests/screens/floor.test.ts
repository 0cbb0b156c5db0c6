import { createStaff } from '@antrean/server/access/create-staff.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage, signInOnPage } from './browser.ts';
import { lookAtStaff } from './each-language.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const blueprint = { ...shippedBlueprint('mpp-banyuwangi'), languages: ['en', 'id', 'az', 'ru'] };
const { hall, browser } = await startScreens(blueprint);
const phone = { width: 390, height: 844 };
const password = await createStaff(hall.sql, {
  ...{ login: 'wati', displayName: 'Wati', role: 'floor-walker', branchId: blueprint.branch },
});
const [service, other] = blueprint.services;
const ticketOf = async (number: string) => (await hall.manager.get(`/numbers/${number}`)).body as { id: string };
const statusOf = async (number: string) =>
  (await hall.manager.get(`/tickets/${(await ticketOf(number)).id}`)).body as { status: string; serviceId: string };
const find = async (page: Page, number: string): Promise<void> => {
  await page.locator('[name=number]').fill(number);
  await page.locator('[data-action=find-number]').click();
};

test('[FLOOR-1] a number is taken for somebody by phone, found again, set aside, brought back, sent on and ended', async () => {
  const { page, context, faults } = await openPage(browser, `${hall.address}/floor?lang=en`, phone);
  await signInOnPage(page, 'wati', password);
  await page.locator('[name=service]').fill(service!.name.en!);
  await lookAtStaff(page, 'floor-empty', phone);
  await page.locator(`[data-service="${service!.id}"]`).click();
  await page.locator('[name=priority]').selectOption(blueprint.priorities[0]!.id);
  await page.locator('[name=language]').selectOption('id');
  await lookAtStaff(page, 'floor-take', phone, { isCovered: true });
  await page.locator('[data-action=take]').click();
  const number = (await page.getByTestId('taken').textContent())!.trim();
  await lookAtStaff(page, 'floor-taken', phone, { isCovered: true });
  const rows = await hall.sql`
    select data->>'priority' as priority, data->>'channel' as channel, data->>'language' as language
    from ticket_event where type = 'ticket.issued'`;
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { priority: blueprint.priorities[0]!.id, channel: 'reception', language: 'id' },
  ]);
  await page.keyboard.press('Escape');

  await find(page, number.toLowerCase());
  await page.locator('[data-status=waiting]').waitFor();
  await lookAtStaff(page, 'floor-found', phone);
  await page.locator('[data-act=hold]').click();
  await page.locator('dialog [data-choice], dialog button').first().waitFor();
  await page.keyboard.press('1');
  await page.locator('[data-status=held]').waitFor();
  expect((await statusOf(number)).status).toBe('held');
  await page.locator('[data-act=return]').click();
  await page.locator('[data-status=waiting]').waitFor();
  await page.locator('[data-act=transfer]').click();
  await page.locator('[name=target]').fill(other!.name.en!);
  expect(await page.locator('[name=back]').count()).toBe(0);
  await look(page, 'floor-transfer-en');
  await page.keyboard.press('Enter');
  await eventually(async () => (await statusOf(number)).serviceId).toBe(other!.id);
  await page.locator('.found').getByText(other!.name.en!).waitFor();
  await page.locator('[data-act=cancel]').click();
  await page.locator('[data-status=cancelled]').waitFor();
  expect((await statusOf(number)).status).toBe('cancelled');
  expect(await page.locator('[data-act=hold], [data-act=cancel]').count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
});

test('[FLOOR-1] a number that there is not, a lost connection and a closed day are told in words', async () => {
  const { page, context } = await openPage(browser, `${hall.address}/floor?lang=en`, phone);
  await signInOnPage(page, 'wati', password);
  await page.locator('[data-service]').first().waitFor();
  await find(page, 'Z999');
  await page.locator('.section [role=alert]').waitFor();
  await look(page, 'floor-not-found-en');
  await page.locator('[data-service]').first().click();
  await page.route('**/tickets', (route) => route.abort());
  await page.locator('[data-action=take]').click();
  await page.getByTestId('message').getByText('No answer came').waitFor({ timeout: 40_000 });
  expect(await page.getByTestId('taken').count()).toBe(0);
  await page.unroute('**/tickets');
  await page.keyboard.press('Escape');
  await hall.manager.post('/day/close');
  await page.locator('.shut').waitFor();
  await lookAtStaff(page, 'floor-closed', phone);
  await context.close();
});
