import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type PlantedFault, withFault } from './planted-faults.ts';
import type * as seam from './seam.ts';

const seamUrl = new URL('./seam.ts', import.meta.url).href;
const ofSeam = <P extends 'ledgerSeam' | 'redisSeam'>(part: P, ...names: (keyof (typeof seam)[P] & string)[]): string =>
  `import { ${part} } from '${seamUrl}'; export const { ${names.join(', ')} } = ${part};`;

/** The server's own code runs; only where it meets Postgres and Redis do the models stand in. */
const models: Readonly<Record<string, string>> = {
  'server/ledger/append-events.ts': ofSeam('ledgerSeam', 'appendEvents'),
  'server/ledger/read-events.ts': `${ofSeam('ledgerSeam', 'readEvents', 'findCommands')} export const eventsPerRead = 20_000;`,
  'server/ledger/read-head.ts': ofSeam('ledgerSeam', 'readHead', 'lockHead', 'readVersions'),
  'server/live/load-lines.ts': ofSeam('redisSeam', 'loadLines'),
  'server/live/holds.ts': ofSeam('redisSeam', 'holds'),
};

const top = new URL('../../', import.meta.url).href;

/** Has every module that this process loads from here on see the models, and the product with a fault where one is planted. */
export const useModels = (fault: PlantedFault | null): void => {
  registerHooks({
    load(url, context, next) {
      const path = url.startsWith(top) ? url.slice(top.length) : '';
      const model = models[path];
      if (model !== undefined) return { format: 'module', source: model, shortCircuit: true };
      if (fault?.file !== path) return next(url, context);
      const source = withFault(fault, readFileSync(fileURLToPath(url), 'utf8'));
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
};
