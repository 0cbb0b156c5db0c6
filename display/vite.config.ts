import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { publicTexts } from './public-texts.ts';

/** Runs in visitors' browsers while no page is open. */
const pushWorker = 'push-worker';

/** One page a screen; `server/http/serve-screens.ts` serves the build under `/display/`. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/display/',
  plugins: [svelte(), publicTexts()],
  build: {
    // TVs come with browsers that are years old: Tizen 6 and webOS 6 have Chromium 76 and 79.
    target: 'chrome76',
    cssTarget: 'chrome76',
    // A font inside the style sheet would be a `data:` address, which the content security policy forbids.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: [
        ...['tv', 'preview', 'kiosk', 'visit', 'join'].map((page) => `${import.meta.dirname}/${page}/index.html`),
        `${import.meta.dirname}/visit/${pushWorker}.ts`,
      ],
      // Browsers know it by its address, which stays the same.
      output: { entryFileNames: ({ name }) => (name === pushWorker ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
});
