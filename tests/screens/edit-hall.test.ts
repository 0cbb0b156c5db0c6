import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { faultOf, look, preview, startAdministration } from './administer.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { shippedBlueprint } from './screens-hall.ts';

const blueprint = shippedBlueprint('mpp-banyuwangi');
const { hall, browser, open, revisionOf, apply } = await startAdministration(blueprint);
const bringBack = async (page: Page, revision: number): Promise<void> => {
  await page.locator('a[href="#/set-up"]').click();
  await page.locator(`[data-revision="${revision}"] [data-action=bring-back]`).click();
  await page.locator('[data-change]').first().waitFor();
};
test('a counter is added: a wrong number is refused next to its field, then it calls a visitor to the lobby screen; then it is taken back', async () => {
  const { page, faults } = await open('counters');
  const before = await revisionOf();
  await page.locator('[data-action=add]').click();
  const added = page.locator('[data-thing="loket-31"]');
  await added.waitFor();
  await added.getByText('Nothing is chosen').waitFor();
  await page.keyboard.insertText('1000');
  await eventually(() => faultOf(page, 'number').textContent()).toBe('A number from 1 to 999.');
  await page.locator('[name=number]').fill('7');
  await eventually(() => faultOf(page, 'number').textContent()).toBe('Another counter has this number.');
  await page.locator('[name=number]').fill('x7');
  await eventually(() => faultOf(page, 'number').textContent()).toBe('A number from 1 to 999.');
  await page.locator('[name=number]').fill('77');
  await faultOf(page, 'number').waitFor({ state: 'detached' });
  // A name in one language only is not yet a name.
  await page.locator('[name=area-en]').fill('Third floor');
  await eventually(() => faultOf(page, 'area-id').textContent()).toContain('missing');
  await look(page, 'edit-en-wide-counter-faults', true);
  await page.locator('[name=area-id]').fill('Lantai 3');
  await page.locator('[name=serves-agencies]').fill('immig');
  await page.locator('[name=serves-agencies]').press('Enter');
  await added.locator('[data-out=IMI]').waitFor();
  await page.locator('.plain-fault').first().waitFor({ state: 'detached' });
  await look(page, 'edit-en-wide-counter', true);
  await preview(page);
  await page.locator('[data-change="added counters loket-31"]').waitFor();
  expect(await page.locator('[data-change]').count()).toBe(1);
  await apply(page);

  const tv = await openPage(browser, `${hall.address}/tv?lang=en`, sizes.tv);
  const issued = await hall.visitor.post('/tickets', { serviceId: 'IMI-01', language: 'en' });
  expect(issued.status).toBeLessThan(300);
  const counterPage = await openPage(browser, `${hall.address}/counter?lang=en`, sizes.counter);
  await signInOnPage(counterPage.page, 'ani', await hall.hire('ani', 'Ani'));
  await counterPage.page.locator('[data-counter="77"]').click();
  await counterPage.page.locator('[data-action=main]').click();
  await eventually(() => tv.page.locator('[data-call]').first().textContent()).toContain('77');

  // While somebody sits there it cannot be taken away; then it can.
  await bringBack(page, before);
  await page.getByText('loket-31 is open').waitFor();
  expect(await page.locator('[data-action=apply]').isDisabled()).toBe(true);
  await page.locator('[data-action=back]').click();
  const ticketId = (issued.body as { ticket: { id: string } }).ticket.id;
  expect((await hall.manager.post(`/tickets/${ticketId}/cancel`)).status).toBeLessThan(300);
  await eventually(async () => (await hall.manager.post('/counters/loket-31/close')).status).toBe(200);
  await bringBack(page, before);
  await page.locator('[data-change="retired counters loket-31"]').waitFor();
  await apply(page);
  await page.locator('a[href="#/counters"]').click();
  await page.locator('[data-thing="loket-1"]').waitFor();
  expect(await added.count()).toBe(0);
  expect(faults).toEqual([]);
});

test('by keyboard a holiday is entered for today: the kiosk gives no number; taken back, it does', async () => {
  const { page, faults } = await open('hours');
  const before = await revisionOf();
  const monday = page.locator('[data-day=monday]').first();
  await monday.locator('[name=closes]').fill('7');
  await monday.locator('[name=closes]').press('Tab');
  expect(await monday.locator('[name=closes]').inputValue()).toBe('07:00');
  await monday.getByText('must be later').waitFor();
  await monday.locator('[name=closes]').fill('noon');
  await monday.getByText('A time such as 08:30.').waitFor();
  await monday.locator('[name=closes]').fill('1530');
  await monday.locator('[data-action=add-break]').press('Enter');
  await monday.locator('[name=break-to]').fill('16');
  await monday.getByText('within the opening hours').waitFor();
  await monday.locator('[name=break-to]').fill('12.45');
  await monday.locator('.plain-fault').first().waitFor({ state: 'detached' });
  await monday.locator('[data-action=copy]').press('Enter');
  await look(page, 'edit-en-wide-copy-day', true);
  await page.locator('[data-action=copy-now]').press('Enter');
  const tuesday = page.locator('[data-day=tuesday]').first();
  expect(await tuesday.locator('[name=closes]').inputValue()).toBe('15:30');
  expect(await tuesday.locator('[name=break-to]').inputValue()).toBe('12:45');
  expect(await page.locator('[data-day=saturday] [name=closes]').first().inputValue()).toBe('14:00');
  await page.locator('[data-day=saturday] [name=saturday-open]').first().press('Space');
  await page.locator('[data-day=saturday]').first().getByText('Closed').waitFor();

  await page.locator('[data-action=add-exception]').press('Enter');
  await page.locator('[name=exception-id]').waitFor();
  await page.keyboard.insertText('Cuti bersama');
  await page.keyboard.press('Tab');
  await page.keyboard.insertText('Shared holiday');
  await page.locator('[name=only-in-hours]').press('Space');
  await look(page, 'edit-en-wide-hours', true);
  await preview(page);
  await page.locator('[data-change^="changed hours"]').waitFor();
  await page.locator('[data-change^="changed rules"]').waitFor();
  await look(page, 'edit-en-wide-hours-preview', true);
  await apply(page);

  const kiosk = await openPage(browser, `${hall.address}/kiosk?lang=en`, sizes.kiosk);
  const ask = async (): Promise<void> => {
    await kiosk.page.locator('[data-tile="DUK"]').click();
    await kiosk.page.locator('[data-tile="DUK-01"]').click();
    await kiosk.page.getByTestId('take').click();
  };
  const step = () => kiosk.page.locator('.kiosk').getAttribute('data-step');
  await eventually(async () => {
    const { status } = await hall.visitor.post('/tickets', { serviceId: 'DUK-02', language: 'en' });
    return status;
  }).toBe(409);
  await ask();
  await eventually(step).toBe('refused');
  await kiosk.page.getByRole('button').last().click();

  await bringBack(page, before);
  await apply(page);
  await eventually(async () => {
    const { status } = await hall.visitor.post('/tickets', { serviceId: 'DUK-02', language: 'en' });
    return status;
  }).toBeLessThan(300);
  await ask();
  await eventually(step).toBe('ticket');
  expect(faults).toEqual([]);
});

test('an agency is removed only after what hangs on it was said, and then with all of it', async () => {
  const { page } = await open('agencies');
  await page.locator('[name=search]').fill('IMI');
  await page.locator('[data-thing=IMI] .head').click();
  await page.locator('[data-thing=IMI] [data-action=remove]').click();
  const dialog = page.locator('dialog');
  const services = blueprint.services.filter(({ agency }) => agency === 'IMI');
  expect(await dialog.textContent()).toContain(`${services.length} services go with it`);
  expect(await dialog.textContent()).toMatch(/Counter.* have nothing left to serve/);
  await look(page, 'edit-en-wide-remove', true);
  await page.locator('[data-action=go]').click();
  await page.locator('[name=search]').fill('');
  expect(await page.locator('[data-thing=IMI]').count()).toBe(0);
  await page.locator('a[href="#/counters"]').click();
  const idle = page.locator('.chip.bad').first();
  await idle.waitFor();
  await preview(page);
  await page.getByRole('alert').waitFor();
  expect(await page.locator('[data-action=apply]').isDisabled()).toBe(true);
  await look(page, 'edit-en-wide-faults', true);
});

test('a service is added with all that it may have, and is on the kiosk', async () => {
  const { page, faults } = await open('services');
  await page.locator('[name=new-id]').fill('DUK-01');
  await page.locator('[data-action=add]').click();
  await page.getByText('This id is taken').waitFor();
  await page.locator('[name=new-id]').fill('DUK-99');
  await page.locator('[data-action=add]').click();
  const added = page.locator('[data-thing="DUK-99"]');
  await page.locator('[name=search]').fill('DUK-99');
  await eventually(() => page.locator('[data-thing]').count()).toBe(1);
  expect(await added.locator('[name=agency]').inputValue()).toBe('DUK');
  await page.locator('[name=name-id]').fill('Layanan baru');
  await page.locator('[name=name-en]').fill('A new service');
  await page.locator('[name=fee]').fill('12,505');
  await eventually(() => faultOf(page, 'fee').textContent()).toContain('two decimals');
  await page.locator('[name=fee]').fill('12.5');
  await page.locator('[name=prefix]').fill('io');
  await eventually(() => faultOf(page, 'prefix').textContent()).toContain('without I, O and Q');
  await page.locator('[name=prefix]').fill('nn');
  await page.locator('[name=own-numbers]').check();
  await page.locator('[name=numbers-to]').fill('0');
  await eventually(() => faultOf(page, 'numbers-to').textContent()).toContain('1 to 99,999');
  await page.locator('[name=numbers-to]').fill('500');
  await page.locator('[name=requirements-en]').fill('Passport\n\nTwo photos\n');
  await page.locator('[name=one-per-holder]').check();
  await page.locator('[name=own-hours]').check();
  await added.locator('[data-day=friday] [name=closes]').first().fill('11');
  await page.locator('.plain-fault').first().waitFor({ state: 'detached' });
  await page.locator('[name=source]').fill('');
  await eventually(() => faultOf(page, 'source').textContent()).toBe('This is missing.');
  await page.locator('[name=source]').fill('told by the hall');
  await look(page, 'edit-en-wide-service', true);
  await preview(page);
  await page.locator('[data-change="added services DUK-99"]').waitFor();
  await apply(page);
  await eventually(async () => (await hall.visitor.get('')).body.services).toContainEqual(
    expect.objectContaining({ id: 'DUK-99', fee: 12.5, requirements: { en: ['Passport', 'Two photos'] } }),
  );
  expect(faults).toEqual([]);
});

test('rules are edited in words, with their units; what one needs of another is said', async () => {
  const { page, faults } = await open('rules');
  await page.locator('[name=undoSeconds]').fill('601');
  await eventually(() => faultOf(page, 'undoSeconds').textContent()).toBe('A number from 0 to 600.');
  await page.locator('[name=undoSeconds]').fill('45');
  await page.locator('[name=unanswered]').check();
  await page.locator('[name=confirmsArrival]').uncheck();
  await page.getByText('This needs that the agent says').waitFor();
  await page.locator('[name=confirmsArrival]').check();
  await page.locator('[name=contactHours]').fill('48');
  await page.locator('[data-action=add-helps]').click();
  const help = page.locator('[data-rule=helps] [data-entry="0"]');
  await help.getByText('Nothing is chosen').waitFor();
  await help.locator('[name=helps-counters]').fill('30');
  await help.locator('[data-offer="loket-30"]').click();
  await help.locator('[name=serves-agencies]').fill('tax');
  await help.locator('[data-offer]').first().click();
  await page.locator('.plain-fault').first().waitFor({ state: 'detached' });
  await look(page, 'edit-en-wide-rules', true);
  await preview(page);
  const change = page.locator('[data-change^="changed rules"]');
  await change.waitFor();
  expect(await change.textContent()).toContain('Time to take back the last act, seconds');
  expect(await change.textContent()).toContain('Counters: loket-30');
  await apply(page);
  await page.locator('a[href="#/counters"]').click();
  await page.locator('[data-thing="loket-30"] .head').click();
  await page.getByText('1 rule on skills or help names this counter').click();
  await page.locator('[name=undoSeconds]').waitFor();
  const [row] = await hall.sql<{ rules: object }[]>`select rules from branch where id = ${hall.branchId}`;
  expect(JSON.stringify(row)).toContain('45');
  expect(faults).toEqual([]);
});

test('a priority class is added and its head start refused beyond a day', async () => {
  const { page } = await open('priorities');
  await page.locator('[name=new-id]').fill('veteran');
  await page.locator('[data-action=add]').click();
  await page.locator('[name=name-id]').fill('Veteran');
  await page.locator('[name=name-en]').fill('Veteran');
  await page.locator('[name=head-start]').fill('1441');
  await eventually(() => faultOf(page, 'head-start').textContent()).toContain('0 to 1,440');
  await page.locator('[name=head-start]').fill('15');
  await page.locator('[data-thing=veteran] [data-action=up]').click();
  await look(page, 'edit-en-wide-priorities', true);
  await preview(page);
  await page.locator('[data-change="added priorities veteran"]').waitFor();
});

test('a language is added: what is missing comes first, is filled from the default, and the language can go again', async () => {
  const { page, faults } = await open('texts');
  await page.locator('[name=language-tag]').fill('Arabic');
  await page.locator('[data-action=add-language]').click();
  expect(await page.locator('[name=language-tag]').getAttribute('aria-invalid')).toBe('true');
  await page.locator('[name=language-tag]').fill('ar');
  await page.locator('[data-action=add-language]').click();
  const arabic = page.locator('[data-language=ar]');
  expect(await arabic.textContent()).toMatch(/\d{3} texts are missing/);
  const first = page.locator('[data-text]').first();
  await first.locator('[name=text-ar]').fill('مركز الخدمات العامة');
  expect(await first.getAttribute('data-text')).toBe('name');
  await look(page, 'edit-en-wide-texts', true);
  await preview(page);
  await page.locator('.faults a').first().waitFor();
  await page.locator('.faults a').first().click();
  await page.locator('[data-action=preview]').waitFor();
  await page.locator('a[href="#/texts"]').click();
  await arabic.locator('[data-action=fill]').click();
  expect(await arabic.textContent()).toContain('nothing is missing');
  await preview(page);
  await page.locator('[data-change^="changed hall"]').waitFor();
  await page.locator('[data-action=back]').click();
  await arabic.locator('[data-action=remove]').click();
  await page.locator('[data-action=go]').click();
  await preview(page);
  await page.getByText('Nothing would change').waitFor();
  expect(faults).toEqual([]);
});

test('a draft survives a reload; when the set-up moved on meanwhile, the same changes are made in the one that holds', async () => {
  const { page } = await open('rules');
  page.on('dialog', (dialog) => void dialog.accept());
  await page.locator('[name=callByMinutes]').fill('77');
  await eventually(() => page.evaluate(() => JSON.stringify(sessionStorage))).toContain('callByMinutes\\":77');
  await page.reload();
  await page.getByText('Your changes from before are back').waitFor();
  expect(await page.locator('[name=callByMinutes]').inputValue()).toBe('77');

  const other = await open('rules');
  await other.page.locator('[name=undoSeconds]').fill('17');
  await preview(other.page);
  const revision = await apply(other.page);
  await page.getByText(`revision ${revision} holds`).waitFor();
  await page.reload();
  await page.getByText(`revision ${revision} holds`).waitFor();
  expect(await page.locator('[name=undoSeconds]').inputValue()).not.toBe('17');
  await look(page, 'edit-en-wide-overtaken', true);
  await page.locator('[data-action=take-over]').click();
  await eventually(() => page.locator('[name=undoSeconds]').inputValue()).toBe('17');
  expect(await page.locator('[name=callByMinutes]').inputValue()).toBe('77');
  await preview(page);
  await page.locator('[data-change^="changed rules"]').waitFor();
  expect(await page.locator('[data-change] tbody tr').count()).toBe(1);
  await page.locator('[data-action=back]').click();
  await page.locator('[data-action=discard]').click();
  await page.locator('[data-action=go]').click();
  await eventually(() => page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.reload();
  await page.locator('[name=callByMinutes]').waitFor();
  expect(await page.locator('[name=callByMinutes]').inputValue()).not.toBe('77');
});
