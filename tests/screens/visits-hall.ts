import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

/** A running hall of four languages whose missed visitors may come back, and an agent at a counter of it. */
export const startVisitsHall = async () => {
  const blueprint = shippedBlueprint('mpp-banyuwangi');
  const { hall, browser } = await startScreens({
    ...blueprint,
    languages: ['id', 'az', 'ru', 'en'],
    rules: { ...blueprint.rules, rejoin: { withinMinutes: 30, times: 2, late: 'end-of-line' } },
  });
  const desk = counterServing(blueprint, 'DUK');
  return { hall, browser, desk, agent: await hall.staff('ani', desk.counterId) };
};
