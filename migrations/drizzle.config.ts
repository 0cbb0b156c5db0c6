import { defineConfig } from 'drizzle-kit';

/** `drizzle-kit generate --config migrations/drizzle.config.ts --name what-it-does`, from the top of the tree. */
export default defineConfig({
  dialect: 'postgresql',
  casing: 'snake_case',
  schema: './server/*/tables.ts',
  out: './migrations',
});
