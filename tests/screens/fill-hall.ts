import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { ScreensHall } from './screens-hall.ts';

/**
 * A busy hour: eight counters at work with a visitor each in turn called or served, one on a break, and a line for
 * each of the services with the longest names, where no picture can hide that a name does not fit.
 */
export const fillHall = async (hall: ScreensHall, blueprint: Blueprint): Promise<void> => {
  const longest = [...blueprint.services].sort((a, b) => lengthOf(b.name) - lengthOf(a.name)).slice(0, 24);
  const counters = blueprint.counters.slice(0, 9);
  const own = counters.map(({ serves }) => {
    const services = blueprint.services.filter(({ agency }) => serves.agencies?.includes(agency));
    return services.reduce((a, b) => (lengthOf(b.name) > lengthOf(a.name) ? b : a)).id;
  });
  const issue = (serviceId: string, index: number) =>
    hall.visitor.post('/tickets', {
      serviceId,
      language: blueprint.languages[index % 2],
      ...(index % 5 === 4 && { priority: blueprint.priorities[0]?.id }),
    });
  for (const [index, serviceId] of own.entries()) await issue(serviceId, index);
  for (const [index, counter] of counters.entries()) {
    const agent = await hall.staff(`agent-${index + 1}`, counter.id);
    if (index === counters.length - 1) await agent.post(`/counters/${counter.id}/pause`, { reason: 'meal' });
    else await agent.post(`/counters/${counter.id}/call-next`);
    if (index < 3) await agent.post(`/counters/${counter.id}/start`);
  }
  for (const [index, { id }] of longest.entries()) {
    for (let count = 0; count <= (index * 7) % 13; count++) await issue(id, count);
  }
};

const lengthOf = (name: Readonly<Record<string, string>>): number =>
  Math.max(...Object.values(name).map(({ length }) => length));
