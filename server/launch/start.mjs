import { build } from './build.mjs';
import { install } from './install.mjs';
import { runAntrean } from './run-antrean.mjs';

// `npm start`: from a fresh clone to a running hall.
await install();
await build();
// The server stops what it started, in its order. A Ctrl+C that reached the small programs of a start, too, would look
// like their failure: as if Postgres did not run here.
process.exit(await runAntrean(['start', ...process.argv.slice(2)], 'program'));
