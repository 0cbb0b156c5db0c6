/**
 * What Svelte calls and TVs with Chromium 76 to 84 do not have: the build lowers syntax, never functions. To be
 * imported before anything is shown.
 */
const strings = String.prototype as { replaceAll?: unknown };
strings.replaceAll ??= function (this: string, search: string, replacement: string): string {
  return this.split(search).join(replacement);
};
