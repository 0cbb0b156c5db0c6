import { CommandAnswer } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from './app.ts';

/** What many routes answer with, by the name under which the description has it once. */
const names: ReadonlyMap<unknown, string> = new Map<object, string>([
  [CommandAnswer, 'CommandAnswer'],
  [Problem, 'Problem'],
]);

/** Lets routes refer to the answers they share. To be called before the first route is added. */
export const shareSchemas = (app: App): void => {
  for (const [schema, name] of names) app.addSchema({ ...(schema as object), $id: name });
  app.addHook('onRoute', ({ schema }) => {
    if (!schema?.response) return;
    const answers = Object.entries(schema.response).map(([status, answer]: [string, unknown]) => {
      const name = names.get(answer);
      return [status, name ? { $ref: `${name}#` } : answer];
    });
    schema.response = Object.fromEntries(answers);
  });
};
