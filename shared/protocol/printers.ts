import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { paperWidths } from './blueprint-printers.ts';

const strict = { additionalProperties: false };
const instant = Type.Integer({ description: 'epoch ms' });
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

const printerConditions = [
  'ready',
  'low',
  'out',
  'cover',
  'stopped',
  'silent',
  'not-allowed',
  'missing',
  'refused',
  'unable',
  'untold',
] as const;
export type PrinterCondition = (typeof printerConditions)[number];

/** A printer of the hall as those see it who print at it; where it is, is said in the set-up. */
export const PrinterView = Type.Object(
  {
    id: Type.String(),
    name: OrNull(Type.Record(Type.String(), Type.String(), { description: 'by language' })),
    paper: Type.Enum([...paperWidths], { description: 'width of its roll, mm' }),
    atKiosk: Type.Boolean({ description: 'at the own USB of kiosks: only they print there' }),
    condition: OrNull(
      Type.Enum([...printerConditions], {
        description:
          '`low`, `out`: of paper, `cover`: open, `stopped`: by an error, `silent`: no answer, `not-allowed`: its address is outside of the networks that the installation allows. At the own USB of kiosks, the worst that one of them says: `missing`: none there that it may use, `refused`: it cannot be opened or does not speak ESC/POS, `unable`: its browser has no USB there, `untold`: no kiosk has said it lately; null: being asked',
      }),
    ),
    since: OrNull({ ...instant, description: 'since when it is so as far as the server knows, epoch ms' }),
  },
  strict,
);
export type PrinterView = Static<typeof PrinterView>;

export const PrintersView = Type.Object({ at: instant, printers: Type.Array(PrinterView) }, strict);
export type PrintersView = Static<typeof PrintersView>;

export const PrinterParams = Type.Object(
  { branchId: Type.String({ pattern: idPattern }), printerId: Type.String({ pattern: idPattern }) },
  strict,
);

/** What a test page came to. */
export const TestedView = Type.Object(
  { paper: Type.Enum(['ok', 'low', 'out'], { description: 'how much paper is left after it' }) },
  strict,
);
export type TestedView = Static<typeof TestedView>;
