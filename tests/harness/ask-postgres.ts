import { connectPostgres } from '@antrean/server/ledger/connect-postgres.ts';

// Asks Postgres in a process of its own until it answers, as a node does that lost its connections: DATABASE_URL in.
const sql = connectPostgres(process.env.DATABASE_URL ?? '', 1);
for (let isAnswered = false; !isAnswered;) {
  isAnswered = await sql`select 1`.then(
    () => true,
    () => false,
  );
}
if (process.env.REJECT) void Promise.reject(new Error('nobody looks after this one'));
await new Promise((resolve) => setTimeout(resolve, 200));
await sql.end();
