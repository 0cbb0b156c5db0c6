import type { Random } from '../simulation/random.ts';
import { hostileTexts } from './hostile-texts.ts';
import { frameOf } from './raw-websocket.ts';

const names = [
  'join',
  'patch',
  'snapshot',
  'connect',
  'disconnect',
  'disconnecting',
  'error',
  'newListener',
  '__proto__',
  'constructor',
  '',
];

/** What a faulty or hostile client sends where a screen would say `resync`, layer by layer. */
const ways: readonly ((random: Random) => Buffer)[] = [
  // Events: unknown, reserved, with payloads of every kind.
  (random) => frameOf(`42${JSON.stringify([random.pick(names), random.pick(hostileTexts)])}`),
  (random) => frameOf(`42${JSON.stringify([random.pick(hostileTexts), { room: 'plain/floor' }, null, [[]]])}`),
  (random) => frameOf(`42${random.between(0, 1e9)}["resync",${random.pick(['null', '{}', '[]', '1e999', '"x"'])}]`),
  () => frameOf('42["resync"]'),
  // Packets of socket.io that mean nothing here, or nothing at all.
  (random) =>
    frameOf(`4${random.between(0, 9)}${random.pick(['', '{}', '[]', '[null]', '[1]', '{"a":', '""', '-', '/x,'])}`),
  (random) =>
    frameOf(`4${random.pick(['0', '1', '2', '3', '4', '5', '6'])}/${random.pick(['admin', '', '..', 'a,b'])},["x"]`),
  () => frameOf('451-["join",{"_placeholder":true,"num":0}]'),
  () => frameOf('4599999999-["join",{"_placeholder":true,"num":-1}]'),
  () => frameOf('461-[{"_placeholder":true,"num":"length"}]'),
  (random) => frameOf(`42${'['.repeat(random.between(1, 3_000))}`),
  (random) => frameOf(`42["resync",${'{"a":'.repeat(random.between(1, 1_500))}`),
  // Packets of engine.io.
  (random) => frameOf(`${random.between(0, 9)}${random.pick(['', 'probe', 'x', '\u0000'])}`),
  (random) => frameOf(random.pick(hostileTexts)),
  (random) => frameOf(`b${random.pick(hostileTexts)}`),
  // Frames: binary, broken, fragmented, too long, reserved, not masked, of a length that is not so.
  (random) => frameOf(bytesOf(random, random.between(0, 200)), { opcode: 2 }),
  (random) => frameOf(bytesOf(random, random.between(1, 60))),
  () => frameOf('x'.repeat(9_000)),
  (random) => frameOf('42["re', { isLast: false, opcode: random.pick([0, 1, 2]) }),
  (random) => frameOf('x', { opcode: random.pick([3, 7, 11, 15]) }),
  (random) => frameOf('x', { reserved: random.between(1, 7) }),
  () => frameOf('42["join"]', { isMasked: false }),
  (random) => frameOf('x'.repeat(random.pick([0, 1, 125, 126])), { opcode: random.pick([8, 9, 10]) }),
  (random) => frameOf('42', { length: random.pick([100, 70_000, 2 ** 31, 2 ** 52]) }),
  (random) => frameOf(Buffer.from([random.between(0, 255), random.between(0, 255)]), { opcode: 8 }),
  (random) => bytesOf(random, random.between(1, 40)),
];

const bytesOf = (random: Random, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => random.between(0, 255)));

export const badFrame = (random: Random): Buffer => random.pick(ways)(random);

/** How a socket begins: as a right screen does, as a wrong one, or not at all. */
export const beginning = (random: Random, branchId: string): Buffer[] =>
  random.pick([
    () => [frameOf(`40${JSON.stringify({ audience: 'board', branchId })}`)],
    () => [frameOf(`40${JSON.stringify({ audience: 'board', branchId })}`)],
    () => [frameOf(`40${JSON.stringify({ audience: 'floor', branchId })}`)],
    () => [
      frameOf(`40${JSON.stringify({ audience: random.pick(hostileTexts), branchId: random.pick(hostileTexts) })}`),
    ],
    () => [],
  ])();

/** The same for a socket of a visitor's page. @param link one that opens */
export const beginningOfVisit = (random: Random, link: string): Buffer[] =>
  random.pick([
    () => [frameOf(`40${JSON.stringify({ link })}`)],
    () => [frameOf(`40${JSON.stringify({ link })}`)],
    () => [frameOf(`40${JSON.stringify({ link: random.pick(hostileTexts) })}`)],
    () => [frameOf(`40${JSON.stringify({ link, audience: 'floor', branchId: 'plain' })}`)],
    () => [],
  ])();
