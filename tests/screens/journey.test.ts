import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage, sizes } from './browser.ts';
import { look } from './look.ts';
import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

const blueprint = shippedBlueprint('mpp-banyuwangi');
const { hall, browser } = await startScreens(blueprint);
const serviceName = (id: string): string => blueprint.services.find((service) => service.id === id)?.name['id'] ?? '';

const legsShown = (page: Page) =>
  page.locator('[data-leg]').evaluateAll((all) => all.map((leg) => leg.getAttribute('data-leg')));

test('[JOURNEY-1] [LEG-3] a life event at the kiosk: what it leads through, what to bring, one number, what comes after', async () => {
  const { page, context } = await openPage(browser, `${hall.address}/kiosk`, sizes.kiosk);
  const journey = blueprint.journeys?.find(({ id }) => id === 'newborn');
  await page.locator('[data-tile="journey:newborn"]').click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(journey?.name['id']);
  expect(await legsShown(page)).toEqual(journey?.steps.flat());
  // Each paper once, however many of its services ask for it.
  const papers = await page.locator('.papers li').allTextContents();
  expect(papers).toContain('Surat keterangan kelahiran');
  expect(new Set(papers).size).toBe(papers.length);

  await page.getByTestId('take').click();
  const number = await page.getByTestId('ticket-number').textContent();
  expect(number).toBe('D001');
  expect(await page.locator('.card .service').textContent()).toBe(serviceName('DUK-11'));
  expect(await legsShown(page)).toEqual(['DUK-07', 'DUK-09', 'BKS-02']);
  await context.close();

  // The place moves, not the number: nobody sits at the health insurance, so the child card is next of the two.
  const civil = await hall.staff('sri', counterServing(blueprint, 'DUK').counterId);
  const visits: string[] = [];
  for (let leg = 0; leg < 3; leg++) {
    const { ticket } = (await civil.post(`/counters/${counterServing(blueprint, 'DUK').counterId}/call-next`)).body as {
      ticket: { number: string; serviceId: string };
    };
    visits.push(`${ticket.number} ${ticket.serviceId}`);
    await civil.post(`/counters/${counterServing(blueprint, 'DUK').counterId}/start`);
    await civil.post(`/counters/${counterServing(blueprint, 'DUK').counterId}/finish`);
  }
  expect(visits).toEqual(['D001 DUK-11', 'D001 DUK-07', 'D001 DUK-09']);
}, 120_000);

test.each(['mpp-banyuwangi', 'asan'] as const)(
  'the longest life event of %s has room on the kiosk, upright and lying',
  async (name) => {
    const shipped = shippedBlueprint(name);
    const there = name === 'asan' ? (await startScreens(shipped)).hall : hall;
    const id = [...(shipped.journeys ?? [])].sort((a, b) => b.steps.flat().length - a.steps.flat().length)[0]?.id ?? '';
    for (const [shape, size] of Object.entries({ upright: sizes.kiosk, lying: sizes.kioskLying })) {
      for (const language of shipped.languages) {
        const { page, context } = await openPage(browser, `${there.address}/kiosk?lang=${language}`, size);
        const lookAt = (state: string) => look(page, `${name}-${language}-${shape}-kiosk-${state}`);
        await page.locator(`[data-tile="journey:${id}"]`).waitFor();
        await lookAt('needs');
        await page.locator(`[data-tile="journey:${id}"]`).click();
        await page.getByTestId('take').waitFor();
        await lookAt('journey');
        await page.getByTestId('take').click();
        await page.getByTestId('ticket-number').waitFor();
        await lookAt('journey-ticket');
        await context.close();
      }
    }
  },
  180_000,
);
