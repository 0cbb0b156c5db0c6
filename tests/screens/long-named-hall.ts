import type { Page } from 'playwright-core';
import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

/** A running hall of four languages with the longest name that a service has, and a visitor's page of it in Chromium. */
export const startLongNamedHall = async () => {
  const blueprint = shippedBlueprint('mpp-banyuwangi');
  const longest =
    'Pelayanan Penerbitan Izin Penyelenggaraan Perlindungan Kekonsuleran-Keimigrasian Terpadu Lintas Kabupaten';
  const { hall, browser } = await startScreens({
    ...blueprint,
    languages: ['id', 'az', 'ru', 'en'],
    services: blueprint.services.map((service) =>
      service.id === 'DUK-01' ? { ...service, name: { id: longest } } : service,
    ),
  });
  const desk = counterServing(blueprint, 'DUK');
  const agent = await hall.staff('ani', desk.counterId);
  return {
    hall,
    browser,
    desk,
    agent,
    /** A ticket of that service. */
    issue: async (): Promise<{ link: string; number: string }> => {
      const { body } = await hall.visitor.post('/tickets', { serviceId: 'DUK-01', language: 'id' });
      return { link: `${hall.address}/v/${String(body.link)}`, number: (body.ticket as { number: string }).number };
    },
    /** How the ticket of a page stands, as the page says. */
    status: (page: Page) => () => page.locator('main').getAttribute('data-status'),
  };
};
