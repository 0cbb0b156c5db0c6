import { build } from './build.mjs';
import { install } from './install.mjs';
import { runAntrean } from './run-antrean.mjs';

// `npm start`: from a fresh clone to a running hall.
await install();
await build();
process.exit(await runAntrean(['start', ...process.argv.slice(2)]));
