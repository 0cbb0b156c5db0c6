import { join } from 'node:path';
import { build } from './build.mjs';
import { install, node, top } from './install.mjs';
import { runOurs } from './run.mjs';

// `npm start`: from a fresh clone to a running hall.
await install();
await build();
process.exit(await runOurs(node, [join(top, 'server/command-line/antrean.ts'), 'start', ...process.argv.slice(2)]));
