import { createStaff } from '@antrean/server/access/create-staff.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { lookAtStaff } from './each-language.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const languages = ['az', 'ru', 'en', 'id'];
const shipped = shippedBlueprint('asan');
const blueprint = { ...shipped, languages };
const { hall, browser } = await startScreens(blueprint);
// Of the longest names that there are.
const service = [...shipped.services].sort((a, b) => b.name.az!.length - a.name.az!.length)[0]!;
const other = shipped.services.find(({ agency }) => agency !== service.agency)!;
const ticketOf = async (serviceId: string) => {
  const { body } = await hall.manager.post('/tickets', { serviceId });
  return body.ticket as { id: string; number: string };
};
const open = async (size: { width: number; height: number } = sizes.counter) => {
  const opened = await openPage(browser, `${hall.address}/manager?branch=${hall.branchId}&lang=en`, size);
  await signInOnPage(opened.page, 'manager', hall.managerPassword);
  await opened.page.locator('.overview').waitFor();
  return opened;
};
const noDialog = (page: Page) => eventually(() => page.locator('dialog').count()).toBe(0);

test('[PAUSE-1] [PAUSE-2] a manager stops the numbers of a service from the overview, and kiosks say so at once', async () => {
  await ticketOf(service.id);
  const { page, context, faults } = await open();
  const kiosk = await openPage(browser, `${hall.address}/kiosk?lang=en`, sizes.kiosk);
  await kiosk.page.locator('[data-tile]').first().waitFor();
  const tile = (id: string) => kiosk.page.locator(`[data-tile="${id}"]`);
  const turnTo = async (id: string): Promise<void> => {
    await kiosk.page.locator('[data-tile]').first().waitFor();
    while ((await tile(id).count()) === 0) await kiosk.page.locator('.more').click();
  };
  await turnTo(service.agency);
  await tile(service.agency).click();
  await turnTo(service.id);

  await page.locator(`.pick[data-service="${service.id}"]`).click();
  await lookAtStaff(page, 'overview-pause-service', sizes.counter, { isCovered: true });
  await page.locator('[data-reason=network]').click();
  await noDialog(page);
  await page.getByTestId('is-paused').waitFor();
  await lookAtStaff(page, 'overview-paused-service', sizes.beside);
  await eventually(() => tile(service.id).textContent(), 5_000).toContain('No numbers now.');
  await look(kiosk.page, 'kiosk-paused-service');
  expect((await hall.visitor.post('/tickets', { serviceId: service.id })).body).toMatchObject({
    code: 'SERVICE_PAUSED',
  });

  // Where nobody waits and nobody came it is chosen from all.
  await page.locator('[data-action=pause-any]').click();
  await page.locator('[name=service]').selectOption(other.id);
  await lookAtStaff(page, 'overview-pause-any', sizes.counter, { isCovered: true });
  // A digit typed in the list chooses there, and no reason.
  await page.locator('[name=service]').press('2');
  expect(await page.locator('dialog').count()).toBe(1);
  await page.locator('[name=service]').selectOption(other.id);
  await page.locator('[data-reason=staff]').click();
  await noDialog(page);
  await page.locator(`.pick[data-service="${other.id}"]`).waitFor();

  await page.locator(`.pick[data-service="${service.id}"]`).click();
  expect(await page.getByTestId('paused').textContent()).toContain('The system is down');
  await lookAtStaff(page, 'overview-resume-service', sizes.beside, { isCovered: true });
  await page.locator('[data-action=resume-service]').click();
  await noDialog(page);
  await eventually(() => tile(service.id).textContent(), 5_000).not.toContain('No numbers now.');
  expect((await hall.visitor.post('/tickets', { serviceId: service.id })).status).toBe(201);
  expect([...faults, ...kiosk.faults]).toEqual([]);
  await Promise.all([context.close(), kiosk.context.close()]);
});

test('[PAUSE-1] an agency stops its own services and no other', async () => {
  const agency = shipped.agencies.find(({ id }) => id === service.agency)!.id;
  const password = await createStaff(hall.sql, {
    ...{ login: 'ofagency', displayName: 'Leyla', role: 'agency-administrator' },
    ...{ branchId: hall.branchId, agencyId: agency },
  });
  const { page, context } = await openPage(
    browser,
    `${hall.address}/manager?branch=${hall.branchId}&lang=en`,
    sizes.counter,
  );
  await signInOnPage(page, 'ofagency', password);
  await page.locator('[data-action=pause-any]').click();
  expect(await page.locator('[name=service] optgroup').count()).toBe(1);
  expect(await page.locator('[data-action=message]').count()).toBe(0);
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await fetch(`${hall.address}/v1/branches/${hall.branchId}/services/${other.id}/pause`, {
    method: 'POST',
    headers: { cookie: cookies, 'content-type': 'application/json' },
    body: JSON.stringify({ commandId: crypto.randomUUID(), reason: 'other' }),
  });
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'OTHER_AGENCY']);
  await context.close();
});

test('[MESSAGE-1] [MESSAGE-2] a message of the manager is on every lobby TV at once, and goes when it is taken off', async () => {
  const { page, context, faults } = await open();
  const shapes = { lying: { width: 1920, height: 1080 }, upright: { width: 1080, height: 1920 } };
  const tvs = await Promise.all(
    Object.entries(shapes).map(async ([name, size]) => ({
      name,
      ...(await openPage(browser, `${hall.address}/tv`, size)),
    })),
  );
  // As long as one may be.
  const texts = {
    az: 'Zəhmət olmasa, sol qapını boş saxlayın: saat on ikidə yanğın təlimi keçiriləcək.'.slice(0, 80),
    ru: 'Пожалуйста, не загораживайте левую дверь: в полдень пройдёт учебная тревога.',
  };
  await page.locator('[data-action=message]').click();
  expect(await page.locator('[data-action=show-message]').isDisabled()).toBe(true);
  for (const [language, text] of Object.entries(texts)) await page.locator(`[name=text-${language}]`).fill(text);
  await page.locator('[name=minutes]').selectOption('60');
  await lookAtStaff(page, 'overview-message', sizes.counter, { isCovered: true });
  await page.locator('[data-action=show-message]').click();
  await page.getByTestId('message-now').waitFor();
  await lookAtStaff(page, 'overview-message-now', sizes.beside);

  const footer = (each: (typeof tvs)[number]) => each.page.getByTestId('footer');
  for (const each of tvs) {
    // A lobby TV speaks the first two languages of its hall.
    for (const language of ['az', 'ru']) {
      await footer(each).locator(`[lang=${language}]`).waitFor({ timeout: 60_000 });
      const said = await footer(each).textContent();
      expect(Object.values(texts).map((text) => text.trim())).toContain(said?.trim());
      await look(each.page, `tv-message-${each.name}-${language}`);
    }
  }
  // What the TVs said is told of the past, too.
  const past = await openPage(browser, `${hall.address}/past?branch=${hall.branchId}&lang=en`, sizes.counter);
  await signInOnPage(past.page, 'manager', hall.managerPassword);
  await past.page.getByTestId('on-tv').getByTestId('message-now').getByText(texts.az.trim()).waitFor();
  await lookAtStaff(past.page, 'past-message', sizes.counter);
  await past.context.close();
  // Where it has no text of a language the first is shown.
  const only = { az: texts.az };
  expect((await hall.manager.post('/message', { texts: only, minutes: 5 })).status).toBe(200);
  for (const { page: tv } of tvs) {
    await tv.locator('[data-testid=footer] [lang=ru]', { hasText: texts.az.trim() }).waitFor({ timeout: 30_000 });
  }
  await page.locator('[data-action=hide-message]').click();
  await eventually(() => page.getByTestId('message-now').count()).toBe(0);
  for (const each of tvs) await eventually(() => footer(each).textContent()).not.toContain('yanğın');
  for (const each of tvs) await eventually(() => each.page.locator('.footer.message').count()).toBe(0);
  expect(faults).toEqual([]);
  await Promise.all([context.close(), ...tvs.map((each) => each.context.close())]);
}, 240_000);

test('[CLASS-1] a manager finds a ticket by its number and gives its visitor another class', async () => {
  const { id, number } = await ticketOf(other.id);
  const { page, context, faults } = await open();
  await page.locator('[data-action=find-ticket]').click();
  await page.locator('[name=number]').fill(number);
  await page.locator('[data-action=find-number]').click();
  await page.locator('[data-status=waiting]').waitFor();
  await lookAtStaff(page, 'overview-find-ticket', sizes.counter, { isCovered: true });
  await page.locator('[data-act=priority]').click();
  const [first] = shipped.priorities;
  await lookAtStaff(page, 'overview-priority', sizes.beside, { isCovered: true });
  await page.locator(`[data-reason="${first!.id}"]`).click();
  await eventually(async () => (await hall.manager.get(`/tickets/${id}`)).body).toMatchObject({ priority: first!.id });
  await page.locator('.found').getByText(first!.name.en!).waitFor();
  await page.locator('[data-act=priority]').click();
  expect(await page.locator(`[data-reason="${first!.id}"]`).count()).toBe(0);
  await page.locator('[data-reason=""]').click();
  await eventually(async () => (await hall.manager.get(`/tickets/${id}`)).body).not.toHaveProperty('priority');
  expect(faults).toEqual([]);
  await context.close();
});

test('of a big hall the services in most trouble are listed, and all of them by a press', async () => {
  const many = shipped.services.slice(0, 45);
  expect(many).toHaveLength(45);
  for (const { id } of many) await ticketOf(id);
  const { page, context, faults } = await open();
  const rows = page.locator('.table tbody tr');
  await eventually(() => rows.count()).toBe(40);
  const all = page.locator('[data-action=all-services]');
  await all.scrollIntoViewIfNeeded();
  await lookAtStaff(page, 'overview-many-services', sizes.counter);
  await all.click();
  await eventually(() => rows.count()).toBeGreaterThanOrEqual(45);
  await lookAtStaff(page, 'overview-all-services', sizes.beside);
  await all.click();
  await eventually(() => rows.count()).toBe(40);
  expect(faults).toEqual([]);
  await context.close();
});

test('[MESSAGE-1] [MESSAGE-2] a closed hall says its message, too, until its time is over', async () => {
  const { page, context, faults } = await openPage(browser, `${hall.address}/tv`, { width: 1920, height: 1080 });
  expect((await hall.manager.post('/day/close')).status).toBe(200);
  const texts = { az: 'Sabah qapalıyıq', ru: 'Завтра мы не работаем' };
  expect((await hall.manager.post('/message', { texts, minutes: 1 })).status).toBe(200);
  for (const [language, text] of Object.entries(texts)) {
    await page.locator(`[data-testid=footer] [lang=${language}]`, { hasText: text }).waitFor({ timeout: 30_000 });
    await look(page, `tv-closed-message-${language}`);
  }
  await eventually(() => page.locator('.footer.message').count(), 90_000).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
}, 150_000);
