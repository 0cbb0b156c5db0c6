import type { Announcing, Heard } from './announcing.svelte.ts';

/** Chime and voice come after the picture, so that the page itself loads little. Tries until they have come. */
export const loadAnnouncing = async (heard: () => Heard): Promise<Announcing> => {
  for (;;) {
    try {
      const { Announcing } = await import('./announcing.svelte.ts');
      return new Announcing(heard());
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  }
};
