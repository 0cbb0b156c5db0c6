import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { ShortText } from './short-text.ts';

const strict = { additionalProperties: false };
const instant = Type.Integer({ description: 'epoch ms' });
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

export const deviceKinds = ['kiosk', 'display', 'printer'] as const;
export type DeviceKind = (typeof deviceKinds)[number];
const Kind = Type.Enum([...deviceKinds]);

export const BeginPairingBody = Type.Object({ kind: Kind }, strict);

/** What a device shows until somebody lets it in. */
export const PairingView = Type.Object(
  {
    code: Type.String({ description: 'eight characters, typed by whoever lets the device in' }),
    picture: Type.String({ description: 'two words by which they know that it is this device' }),
    at: instant,
    expiresAt: instant,
  },
  strict,
);
export type PairingView = Static<typeof PairingView>;

/** The device of a request, as it may know itself. */
export const OwnDevice = Type.Object(
  {
    id: Type.String(),
    branchId: Type.String(),
    kind: Kind,
    name: Type.String(),
    area: OrNull(Type.String()),
    screenId: OrNull(Type.String({ description: 'what a lobby TV shows; null: what its address says' })),
    printerId: OrNull(Type.String()),
    printsByUsb: Type.Boolean({ description: 'a kiosk: it prints its tickets itself, at its own USB' }),
  },
  strict,
);
export type OwnDevice = Static<typeof OwnDevice>;
/** What is known of it wherever it asks from, and when a test of its sound was asked for that it is to be told of; `null`: none. */
export type KnownDevice = Omit<OwnDevice, 'printsByUsb'> & { readonly soundTestAt: number | null };

/** Where the pairing of whoever asks stands. */
export const DeviceState = Type.Object(
  {
    state: Type.Enum(['paired', 'waiting', 'none'], {
      description: '`none`: never begun, run out, or taken back',
    }),
    device: Type.Optional(OwnDevice),
  },
  strict,
);
export type DeviceState = Static<typeof DeviceState>;

/** A code as people type it: small letters, blanks and hyphens do not matter. */
const Code = Type.String({ minLength: 1, maxLength: 20 });
export const PairingCodeBody = Type.Object({ code: Code }, strict);

/** Who asks to be let in, for whoever typed its code. */
export const WaitingDevice = Type.Object(
  {
    kind: Kind,
    picture: Type.String(),
    address: Type.String({ description: 'where it is' }),
    browser: Type.String({ description: 'what it is, as that calls itself' }),
  },
  strict,
);
export type WaitingDevice = Static<typeof WaitingDevice>;

export const ApproveDeviceBody = Type.Object(
  { code: Code, name: ShortText, area: Type.Optional(OrNull(ShortText)) },
  strict,
);

export const DeviceParams = Type.Object(
  { branchId: Type.String({ pattern: idPattern }), deviceId: Type.String({ pattern: idPattern }) },
  strict,
);

export const ChangeDeviceBody = Type.Object(
  {
    name: Type.Optional(ShortText),
    area: Type.Optional(OrNull(ShortText)),
    screenId: Type.Optional(
      OrNull(Type.String({ pattern: idPattern, description: 'what a lobby TV shows; null: what its address says' })),
    ),
    printerId: Type.Optional(
      OrNull(
        Type.String({ pattern: idPattern, description: 'where a kiosk prints; null: at the hall’s first printer' }),
      ),
    ),
  },
  { ...strict, minProperties: 1 },
);

const pixels = Type.Integer({ minimum: 0, maximum: 99_999 });

/** How a device is, as it says itself. */
export const DeviceHealth = Type.Object(
  {
    version: Type.Integer({ minimum: 0, maximum: 999_999, description: 'of the protocol its page was built with' }),
    width: pixels,
    height: pixels,
    sound: Type.Enum(['none', 'on', 'blocked'], { description: '`none`: it makes none' }),
    missingClips: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 9_999,
        description: 'recordings of calls that it could not load; absent: none',
      }),
    ),
    paper: Type.Optional(
      Type.Enum(['ok', 'low', 'out', 'cover', 'silent', 'missing', 'refused', 'unable'], {
        description:
          'how its printer was at the last ticket, or just now at the own USB; absent: not known. `cover`: open, `silent`: no answer, or it has stopped. At the own USB: `missing`: none there that the kiosk may use, `refused`: it cannot be opened or does not speak ESC/POS, `unable`: the browser has no USB here',
      }),
    ),
  },
  strict,
);
export type DeviceHealth = Static<typeof DeviceHealth>;

/**
 * What became of a test of a device's sound (VOICE-8). `begun`: it waits for its turn or is being played, `chime`: without
 * the sentence, `blocked`: the browser lets nothing be heard, `off`: this screen makes no sound.
 */
export const soundAnswers = ['begun', 'played', 'chime', 'blocked', 'off'] as const;
export type SoundAnswer = (typeof soundAnswers)[number];
const Answer = Type.Enum([...soundAnswers], {
  description:
    '`begun`: it waits for its turn or is being played, `chime`: without the sentence, `blocked`: by the browser, until somebody touches the screen, `off`: this screen makes no sound',
});

/** What a device says of the test that was asked for at this time. */
export const AnswerSoundTestBody = Type.Object({ askedAt: instant, answer: Answer }, strict);
export type AnswerSoundTestBody = Static<typeof AnswerSoundTestBody>;

const SoundTest = Type.Object(
  { askedAt: instant, answer: OrNull(Answer), answeredAt: OrNull(instant) },
  { ...strict, description: 'the latest test of its sound (VOICE-8); null: none yet' },
);

/** A device as those see it who look after it. */
export const DeviceView = Type.Object(
  {
    id: Type.String(),
    kind: Kind,
    name: Type.String(),
    area: OrNull(Type.String({ description: 'where it stands' })),
    screenId: OrNull(Type.String({ description: 'what a lobby TV shows; null: what its address says' })),
    printerId: OrNull(Type.String({ description: 'where a kiosk prints; null: at the hall’s first printer' })),
    address: Type.String({ description: 'where it was seen last' }),
    browser: Type.String(),
    approvedAt: instant,
    seenAt: OrNull(instant),
    health: OrNull(DeviceHealth),
    soundTest: OrNull(SoundTest),
  },
  strict,
);
export type DeviceView = Static<typeof DeviceView>;

const Choice = Type.Object(
  {
    id: Type.String(),
    name: OrNull(Type.Record(Type.String(), Type.String(), { description: 'by language' })),
  },
  strict,
);

export const DevicesView = Type.Object(
  {
    at: instant,
    devices: Type.Array(DeviceView),
    screens: Type.Array(Choice, { description: 'of the hall, for lobby TVs to show' }),
    printers: Type.Array(Choice, { description: 'of the hall, for kiosks to print at' }),
  },
  strict,
);
export type DevicesView = Static<typeof DevicesView>;
