import { expect, test } from 'vitest';
import { signIn } from '../harness/api.ts';
import { signInOnPage } from './browser.ts';
import { aside, current, press, shows, startCounters } from './counters.ts';
import { eventually } from './eventually.ts';
import { shippedBlueprint } from './screens-hall.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
const rejoin = { withinMinutes: 30, times: 2, late: 'end-of-line' } as const;
const blueprint = { ...shipped, rules: { ...shipped.rules, agentsMayChoose: true, undoSeconds: 60, rejoin } };
const { hall, opened, open, openCounter, take } = await startCounters(blueprint);

const statusOf = async ({ id }: { id: string }): Promise<unknown> =>
  (await hall.manager.get(`/tickets/${id}`)).body.status;

test("an agent's day by keyboard alone: every act has a key, and takes two of them at the most", async () => {
  const { page, services } = await openCounter('ani', 11);
  const [service] = services;
  const [first, second, third] = [await take(service), await take(service), await take(service)];
  await page.locator(`[data-next="${third.number}"]`).waitFor();

  // On hold with a reason, and back.
  await press(page, 'F2', 'main');
  await shows(page, 'called');
  await press(page, 'h', 'hold');
  await press(page, '2');
  await aside(page, first).waitFor();
  expect(await aside(page, first).textContent()).toContain('Pays a fee');
  expect(await aside(page, first).textContent()).toMatch(/back in (10:00|9:5\d)/);
  await shows(page, 'open');
  await press(page, 'g');
  await press(page, 'Enter');
  await aside(page, first).waitFor({ state: 'detached' });
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

  // The first again: note, a service more, parked and gone on with.
  await press(page, 'F2', 'main');
  await shows(page, 'called');
  expect(await current(page)).toBe(first.number);
  await press(page, 's', 'start');
  await shows(page, 'serving');
  await press(page, 'm', 'note');
  await page.locator('[name=note]').waitFor();
  await page.keyboard.type('has a wheelchair');
  await press(page, 'Enter');
  await eventually(() => page.getByTestId('note').textContent()).toContain('has a wheelchair');
  await press(page, 'a', 'add-leg');
  await page.locator('[name=target]').waitFor();
  await page.keyboard.type('kpp-01');
  await press(page, 'Enter');
  await page.getByTestId('legs').waitFor();
  await press(page, 'p', 'park');
  await aside(page, first).waitFor();
  expect(await aside(page, first).getAttribute('data-state')).toBe('parked');
  await press(page, 'g');
  await press(page, 'Enter');
  await shows(page, 'serving');
  expect(await current(page)).toBe(first.number);
  expect(await page.getByTestId('note').textContent()).toContain('has a wheelchair');

  // Finished with outcome and quantity; the visit goes on to the service that was added.
  await press(page, 'o', 'outcome');
  await page.getByTestId('quantity').waitFor();
  await press(page, '+');
  await press(page, '+');
  const sent = page.waitForRequest((request) => request.url().endsWith('/finish'));
  await press(page, '2');
  expect((await sent).postDataJSON()).toMatchObject({ outcome: 'papers', quantity: 3 });
  await shows(page, 'open');
  expect((await hall.manager.get(`/tickets/${first.id}`)).body).toMatchObject({
    status: 'waiting',
    serviceId: 'KPP-01',
  });

  // Taken back, and ended in the short way.
  await press(page, 'Control+z', 'undo');
  await shows(page, 'serving');
  await press(page, 'e', 'finish');
  await shows(page, 'open');

  // The third before the second: with a reason; then back to the line, and cancelled.
  const inPlace = (place: number) => page.locator('[data-next]').nth(place).getAttribute('data-next');
  // Whom it tells is asked after once a second: before that the list is the one with the first at its head.
  await eventually(() => inPlace(0)).toBe(second.number);
  await eventually(() => inPlace(1)).toBe(third.number);
  await page.locator(`[data-next="${third.number}"] button:enabled`).waitFor();
  await press(page, '2');
  await page.locator('dialog').waitFor();
  await press(page, '1');
  await shows(page, 'called');
  expect(await current(page)).toBe(third.number);
  expect(await page.getByTestId('why').textContent()).toContain('Urgent');
  await press(page, 'l', 'return');
  await shows(page, 'open');
  expect(await statusOf(third)).toBe('waiting');
  await eventually(() => inPlace(0)).toBe(second.number);
  await press(page, '1');
  await shows(page, 'called');
  expect(await current(page)).toBe(second.number);
  await press(page, 'x', 'cancel');
  await shows(page, 'open');
  expect(await statusOf(second)).toBe('cancelled');

  // Sent on to another service.
  const fourth = await take(service);
  await press(page, 'F2', 'main');
  await shows(page, 'called');
  expect(await current(page)).toBe(third.number);
  await press(page, 't', 'transfer');
  await page.locator('[name=target]').waitFor();
  await page.keyboard.type('kpp-02');
  await press(page, 'Enter');
  await shows(page, 'open');
  expect((await hall.manager.get(`/tickets/${third.id}`)).body).toMatchObject({
    serviceId: 'KPP-02',
    status: 'waiting',
  });

  // Not there; a break; and the list of keys, where those of one letter can be turned off.
  await press(page, 'F2', 'main');
  await shows(page, 'called');
  await press(page, 'r', 'recall');
  await press(page, 'n', 'miss');
  await aside(page, fourth).waitFor();
  await press(page, 'b', 'pause');
  await press(page, '3');
  await shows(page, 'paused');
  await page.keyboard.press('?');
  await page.locator('[name=letters]').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  expect(await page.locator('dialog').count()).toBe(0);
  expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
}, 120_000);

test('[MOVE-4] [NOTE-1] two agents: sent on with a note and back to me, and it comes back', async () => {
  const one = await openCounter('citra', 8);
  const [service] = one.services;
  const two = blueprint.counters.find(
    ({ id, serves }) => id !== one.id && !serves.agencies?.some((a) => service?.startsWith(a)),
  );
  const other = await openCounter('budi', two!.number);
  const ticket = await take(service);
  await press(one.page, 'F2', 'main');
  await shows(one.page, 'called');
  await press(one.page, 's', 'start');
  await shows(one.page, 'serving');
  await press(one.page, 't', 'transfer');
  await one.page.locator('[name=back]').check();
  await one.page.locator('[name=note]').fill('needs a stamp');
  await one.page.locator('[name=target]').fill(other.services[0] ?? '');
  await one.page.locator(`[data-target="service/${other.services[0]}"]`).click();
  await shows(one.page, 'open');

  await other.page.locator(`[data-next="${ticket.number}"]`).waitFor();
  await press(other.page, 'F2', 'main');
  await shows(other.page, 'called');
  expect(await current(other.page)).toBe(ticket.number);
  expect(await other.page.getByTestId('note').textContent()).toContain('needs a stamp');
  await press(other.page, 's', 'start');
  await shows(other.page, 'serving');
  await press(other.page, 'e', 'finish');

  await one.page.locator(`[data-next="${ticket.number}"]`).waitFor();
  await press(one.page, 'F2', 'main');
  await shows(one.page, 'called');
  expect(await current(one.page)).toBe(ticket.number);
  await one.page.close();
  await other.page.close();
}, 60_000);

test('[MISS-2] [MISS-4] a missed visitor comes back to the place of before, another is given up', async () => {
  const { page, services } = await openCounter('dewi', 9);
  const [back, gone] = [await take(services[0]), await take(services[0])];
  for (const ticket of [back, gone]) {
    await press(page, 'F2', 'main');
    await shows(page, 'called');
    await press(page, 'n', 'miss');
    await aside(page, ticket).waitFor();
  }
  await aside(page, back).locator('[data-act=rejoin]:enabled').click();
  await page.locator(`[data-next="${back.number}"]`).waitFor();
  await aside(page, gone).locator('[data-act=give-up]:enabled').click();
  await aside(page, gone).waitFor({ state: 'detached' });
  expect([await statusOf(back), await statusOf(gone)]).toEqual(['waiting', 'no-show']);
  await page.close();
}, 60_000);

test('[NEXT-1] however fast a line changes, who is next is asked for once a second, and ends up right', async () => {
  const { page, services } = await openCounter('hana', 15);
  let asked = 0;
  page.on('request', (request) => (asked += request.url().endsWith('/next') ? 1 : 0));
  const began = Date.now();
  const numbers: string[] = [];
  // The screen is told of a line four times a second.
  for (let count = 0; count < 30; count++) {
    numbers.push((await take(services[0])).number);
    await page.waitForTimeout(100);
  }
  expect(asked).toBeLessThanOrEqual((Date.now() - began) / 1_000 + 1);
  await eventually(() =>
    page.locator('[data-next]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-next'))),
  ).toEqual(numbers.slice(0, 5));
  await page.close();
}, 60_000);

test('[VOID-1] [MOVE-5] a manager sees who is set aside, gives on what is kept, and ends a run of numbers', async () => {
  const { page: agent, services } = await openCounter('fajar', 12);
  const { page: other } = await openCounter('gilang', 14);
  const [parked, held, third] = [await take(services[0]), await take(services[0]), await take(services[0])];
  await press(agent, 'F2', 'main');
  await shows(agent, 'called');
  await press(agent, 's', 'start');
  await shows(agent, 'serving');
  await press(agent, 'p', 'park');
  await hall.manager.post(`/tickets/${held.id}/hold`, { reason: 'form', minutes: 5 });

  const manager = await open('/manager?lang=en');
  await signInOnPage(manager, 'manager', hall.managerPassword);
  await aside(manager, held).waitFor();
  expect(await aside(manager, parked).textContent()).toContain('Parked: fajar');
  await aside(manager, held).locator('[data-act=return]').click();
  await aside(manager, held).waitFor({ state: 'detached' });

  await manager.locator('[data-action=ask-kept]').click();
  const kept = manager.locator('[data-kept=fajar]');
  expect(await kept.textContent()).toContain(parked.number);
  await kept.locator('select').selectOption('gilang');
  await kept.locator('[data-action=give]').click();
  await eventually(() => aside(manager, parked).textContent()).toContain('Parked: gilang');
  await aside(other, parked).waitFor();

  await manager.locator('[data-action=ask-void]').click();
  await manager.locator('[name=prefix]').fill(held.number.replace(/\d/g, ''));
  await manager.locator('[name=from]').fill(String(Number(parked.number.replace(/\D/g, ''))));
  await manager.locator('[name=to]').fill('999');
  await manager.locator('[data-action=show-void]').click();
  const hit = `${parked.number}, ${held.number}, ${third.number}`;
  await eventually(() => manager.getByTestId('void-numbers').textContent()).toBe(hit);
  await manager.locator('[data-action=void]').click();
  await aside(manager, parked).waitFor({ state: 'detached' });
  expect([await statusOf(held), await statusOf(third)]).toEqual(['cancelled', 'cancelled']);
  for (const page of [agent, other, manager]) await page.close();
}, 90_000);

test('[UNDO-1] what was done elsewhere since is not taken back, and every refusal is told in words', async () => {
  const { page, services, id } = await openCounter('eko', 10);
  const ticket = await take(services[0]);
  await press(page, 'F2', 'main');
  await shows(page, 'called');
  expect(await current(page)).toBe(ticket.number);
  const undo = page.locator('[data-action=undo]');
  await eventually(() => undo.textContent()).toMatch(/Call .* \d+ s/);

  // Somebody is faster: the counter's screen has not heard of it yet when its own request comes.
  await page.route('**/tickets/*/hold', async (route) => {
    await hall.manager.post(`/tickets/${ticket.id}/cancel`);
    await route.continue();
  });
  await press(page, 'h', 'hold');
  await press(page, '1');
  await eventually(() => page.getByTestId('message').textContent()).toContain(
    `Ticket ${ticket.number} is no longer in a state that allows this.`,
  );
  await shows(page, 'open');
  expect(await undo.isDisabled()).toBe(true);

  const agent = await signIn(hall.address, blueprint.branch, 'eko', await hall.hire('eko', 'eko'));
  expect(await agent.post(`/counters/${id}/undo`)).toMatchObject({ status: 409, body: { code: 'UNDO_OVERTAKEN' } });
  await page.close();
}, 60_000);
