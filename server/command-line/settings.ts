import type { Command } from 'commander';
import { Settings } from '../start-up/settings.ts';

/** Every setting as a table in Markdown, from the schema they are checked with. */
export const settingsTable = (): string => {
  const rows = Object.entries(Settings.properties as Record<string, { description?: string; default?: unknown }>).map(
    ([name, { description, default: value }]) =>
      `| \`${name}\` | ${value === undefined ? '' : `\`${value}\``} | ${description} |`,
  );
  return ['| variable | default | what it does |', '| --- | --- | --- |', ...rows].join('\n');
};

export const settingsCommand = (program: Command): void => {
  program
    .command('settings')
    .description('print the table of all settings, as it stands in docs/operations.md')
    .action(() => console.log(settingsTable()));
};
