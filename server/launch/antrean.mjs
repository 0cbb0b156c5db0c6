import { install } from './install.mjs';
import { runAntrean } from './run-antrean.mjs';

// `pnpm antrean COMMAND`: the command line on the project's own Node.
await install();
process.exitCode = await runAntrean(process.argv.slice(2));
