import { join } from 'node:path';
import { install, node, top } from './install.mjs';
import { runOurs } from './run.mjs';

// `pnpm antrean COMMAND`: the command line on the project's own Node.
await install();
process.exitCode = await runOurs(node, [join(top, 'server/command-line/antrean.ts'), ...process.argv.slice(2)]);
