import { expect, test } from 'vitest';
import { openPage, overflowing, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { keepPicture } from './pictures.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const blueprint = shippedBlueprint('asan');
const { hall, browser } = await startScreens(blueprint);

test('the longest names of all have room in the lines of the lobby TV, in every turn', async () => {
  const [language = 'az'] = blueprint.languages;
  const nameOf = ({ name }: { name: Readonly<Record<string, string>> }): string => name[language] ?? '';
  const longest = [...blueprint.services].sort((a, b) => nameOf(b).length - nameOf(a).length).slice(0, 4);
  for (const { id } of longest) await hall.visitor.post('/tickets', { serviceId: id });
  const { page } = await openPage(browser, `${hall.address}/tv?lang=${language}`, sizes.tv);
  // The pages turn, and the names alternate between the languages.
  for (const service of longest) {
    await eventually(() => page.locator('.service').allTextContents(), 60_000).toContain(nameOf(service));
    await keepPicture(page, `asan-tv-longest-names-${service.id}`);
    expect(await overflowing(page), nameOf(service)).toEqual([]);
  }
}, 180_000);
