import { type TSchema, Type } from 'typebox';
import { closed, Id } from './blueprint-rules.ts';

/** Width of a roll, mm. */
export const paperWidths = [58, 80] as const;

/** A ticket printer in the network, or at the kiosk's own USB. @param texts a text for each language of the hall */
export const printerSchema = <Texts extends TSchema>(texts: Texts) =>
  Type.Object(
    {
      id: Id,
      name: Type.Optional(texts),
      address: Type.String({
        minLength: 2,
        maxLength: 45,
        description: 'the address of the printer in numbers, such as 192.168.1.50, or usb for one at the kiosk itself',
      }),
      port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, description: 'a whole number, 1 to 65535' })),
      paper: Type.Optional(Type.Enum([...paperWidths], { description: '58 or 80, the width of its roll in mm' })),
    },
    {
      ...closed,
      description: 'a printer: `id`, `address` and, if they are not the usual ones, its `name`, `port` and `paper`',
    },
  );
