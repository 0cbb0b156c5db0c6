import type { Path } from '../domain/draft.ts';
import type { Translate } from '../locales/translate.ts';
import type { Blueprint } from '../protocol/blueprint.ts';
import { sayField } from './say-audit.ts';
import { sayName } from './say-name.ts';

/** Where a fault of a draft is put right. */
export interface PlaceOfFault {
  /** Of the administration page. */
  readonly section: string;
  /** Of the thing to open there; `null`: the section has no things. */
  readonly id: string | null;
  /** For people: of what, and which field. */
  readonly name: string;
}

export const placeOfFault = (
  path: Path,
  blueprint: Blueprint | null,
  { say, language }: { say: Translate; language: string },
): PlaceOfFault => {
  const [part, at, ...rest] = path;
  const fields = (steps: Path): string => sayField(steps.filter((step) => typeof step === 'string').join('.'), say);
  switch (part) {
    case 'agencies':
    case 'services':
    case 'counters':
    case 'priorities':
    case 'screens':
    case 'printers': {
      const thing = typeof at === 'number' ? blueprint?.[part]?.[at] : undefined;
      const own =
        thing && ('number' in thing ? String(thing.number) : sayName(thing.name, language, blueprint?.languages));
      const name = [`${say(`part.${part}`)} ${own || thing?.id || ''}`.trim(), fields(rest)].filter(Boolean);
      return { section: part, id: thing?.id ?? null, name: name.join(' · ') };
    }
    case 'hours':
    case 'rules':
      return {
        section: path[1] === 'callColour' ? 'screens' : path[1] === 'recordings' ? 'voices' : part,
        id: null,
        name: `${say(`part.${part}`)} · ${fields(path.slice(1))}`,
      };
    case 'languages':
      return { section: 'texts', id: null, name: say('field.languages') };
    case 'journeys':
      return { section: 'set-up', id: null, name: say('part.journeys') };
    default:
      return { section: 'own', id: null, name: `${say('part.hall')} · ${fields(path)}` };
  }
};
