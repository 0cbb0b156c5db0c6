import { join } from 'node:path';
import { build } from './build.mjs';
import { install, node, top } from './install.mjs';
import { runOurs } from './run.mjs';

// `npm start`: from a fresh clone to a running hall.
await install();
await build();
const args = [join(top, 'server/command-line/antrean.ts'), 'start', ...process.argv.slice(2)];
// The server stops what it started, in its order. A Ctrl+C that reached the small programs of a start, too, would look
// like their failure: as if Postgres did not run here.
process.exit(await runOurs(node, args, 'program'));
