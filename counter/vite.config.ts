import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** One page a screen; `server/http/serve-screens.ts` serves the build under `/staff/`. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/staff/',
  plugins: [svelte()],
  build: {
    // A font inside the style sheet would be a `data:` address, which the content security policy forbids.
    assetsInlineLimit: 0,
    // ECharts, which only the manager's page loads, once its figures are there.
    chunkSizeWarningLimit: 650,
    rolldownOptions: {
      input: ['counter', 'floor', 'manager', 'devices', 'set-up', 'admin', 'past', 'reports'].map(
        (page) => `${import.meta.dirname}/${page}/index.html`,
      ),
    },
  },
});
