import { readFileSync } from 'node:fs';
import { parse } from '@formatjs/icu-messageformat-parser';
import { isKioskPrinterText, isPublicText } from '@antrean/shared/locales/is-public-text.ts';
import { isAsItStands } from '@antrean/shared/locales/translate.ts';
import type { Plugin } from 'vite';

/**
 * Leaves out of the catalogues what public screens never say, nine tenths of what a TV would load, and reads the messages
 * that have arguments: the screens come without what reads them.
 */
export const publicTexts = (): Plugin => ({
  name: 'public-texts',
  config: () => ({
    resolve: { alias: { '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js' } },
  }),
  load: {
    filter: { id: /[\\/]shared[\\/]locales[\\/][a-z]{2,3}\.json(\?kiosk-printer)?$/ },
    handler: (id) => {
      const [file = '', part] = id.split('?');
      const isAsked = part ? isKioskPrinterText : isPublicText;
      const catalogue = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      const texts = Object.entries(catalogue)
        .filter(([key]) => isAsked(key))
        .map(([key, text]) => [
          key,
          isAsItStands(text) ? text : parse(text, { ignoreTag: true, captureLocation: false }),
        ]);
      const json = JSON.stringify(Object.fromEntries(texts));
      // Only what ends in `.json` is read as that.
      return part ? `export default ${json}` : json;
    },
  },
});
