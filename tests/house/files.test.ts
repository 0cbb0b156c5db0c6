import { describe, expect, test } from 'vitest';
import { fileRules, type WrittenFile } from './file-rules.ts';
import { files, read } from './tree.ts';

const written: readonly WrittenFile[] = files
  .filter((file) => /\.(ts|svelte|lua|css|mjs|js|json|ya?ml|md|sql|html)$/.test(file))
  .map((file) => ({ file, text: read(file) }));

describe.each(fileRules)('$name', ({ at, fault, planted }) => {
  test('holds', () => {
    const looked = written.filter(({ file }) => at.test(file));
    expect(looked).not.toEqual([]);
    const faults = looked.flatMap((one) => {
      const found = fault(one);
      return found === null ? [] : [`${one.file}: ${found}`];
    });
    expect(faults).toEqual([]);
  });

  test('catches what is planted against it', () => {
    expect(planted.file).toMatch(at);
    expect(fault(planted)).not.toBeNull();
  });
});
