import { randomUUID } from 'node:crypto';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { expect, test } from 'vitest';
import { openPage } from './browser.ts';
import { lookAtPhone } from './each-language.ts';
import { look } from './look.ts';
import { startVisitsHall } from './visits-hall.ts';

const { hall, browser, desk, agent } = await startVisitsHall();
const phone = { width: 320, height: 640 };
const act = async (name: string): Promise<void> => {
  const done = await agent.post(`/counters/${desk.counterId}/${name}`);
  expect(done.status, JSON.stringify(done.body)).toBe(200);
};
const manage = async (id: string, name: string, body: object = {}): Promise<void> => {
  const done = await hall.manager.post(`/tickets/${id}/${name}`, body);
  expect(done.status, JSON.stringify(done.body)).toBe(200);
};
const issue = async (wanted: object = { serviceId: 'DUK-01' }): Promise<{ id: string; address: string }> => {
  const { body } = await hall.visitor.post('/tickets', { ...wanted, language: 'id' });
  return { id: (body.ticket as { id: string }).id, address: `${hall.address}/v/${String(body.link)}` };
};

test('every state of a visit is told in every language, with room on a small phone', { timeout: 180_000 }, async () => {
  const { page, context, faults } = await openPage(browser, 'about:blank', phone);
  /** Looks at how a ticket stands in each language. */
  const show = async (address: string, state: string, status: string): Promise<void> => {
    await lookAtPhone(page, address, `visit-${state}`, async () =>
      expect(await page.locator('main').getAttribute('data-status')).toBe(status),
    );
  };
  await show(`${hall.address}/v/${'A'.repeat(22)}`, 'unknown', 'unknown');

  const waits = await issue({ journeyId: 'newborn' });
  await show(waits.address, 'soon-journey', 'waiting');
  await show(`${waits.address}?leave=1`, 'leave', 'waiting');
  await manage(waits.id, 'hold', { reason: 'papers', minutes: 30 });
  await show(waits.address, 'held', 'held');
  await manage(waits.id, 'return');
  await act('call-next');
  await act('start');
  await show(waits.address, 'serving', 'serving');
  // What cannot be done as it stands now.
  for (const language of catalogueLanguages) {
    await page.goto(`${waits.address}?language=${language}`);
    await page.evaluate((commandId) => {
      const form = Object.assign(document.createElement('form'), {
        method: 'post',
        action: `${location.pathname}/rejoin${location.search}`,
        innerHTML: `<input name="commandId" value="${commandId}">`,
      });
      document.body.append(form);
      form.submit();
    }, randomUUID());
    await page.locator('#refusal').waitFor();
    await look(page, `visit-refused-${language}`);
  }
  await manage(waits.id, 'transfer', { serviceId: 'BKS-02', note: 'kartu' });
  await show(waits.address, 'transferred', 'waiting');
  await manage(waits.id, 'cancel');
  await show(waits.address, 'withdrawn', 'withdrawn');

  const misses = await issue();
  await act('call-next');
  await act('miss');
  await show(misses.address, 'missed', 'missed');
  await manage(misses.id, 'no-show');
  await show(misses.address, 'missed-for-good', 'no-show');

  for (let count = 0; count < 3; count++) await issue();
  const last = await issue();
  await show(last.address, 'waiting', 'waiting');
  await hall.manager.post('/day/close');
  await show(last.address, 'over', 'over');
  expect(faults).toEqual([]);
  await context.close();
});
