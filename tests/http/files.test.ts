import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createCanvas } from '@napi-rs/canvas';
import { type FileView, mostBytes, pieceBytes } from '@antrean/shared/protocol/files.ts';
import { FilesView } from '@antrean/shared/protocol/files.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
import { signedIn } from './people.ts';
import { anyVideo, addFile, sendPiece } from './add-file.ts';

let hall: TestHall;
let address: string;
let chief: string;
beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2 });
  address = hall.nodes[0]!.address;
  chief = await signedIn(hall.sql, address, { login: 'chief', role: 'administrator', branchId: null });
});
afterAll(() => hall?.stop());

const inHall = (path: string, body?: object, language = 'en'): Promise<Answer> =>
  ask(`${address}/v1/branches/plain${path}`, body ? 'POST' : 'GET', {
    headers: { cookie: chief, 'accept-language': language },
    ...(body && { body }),
  });
const add = (name: string, bytes: Uint8Array): Promise<Answer> => addFile(address, 'plain', chief, name, bytes);
const added = async (name: string, bytes: Uint8Array): Promise<FileView> => {
  const answer = await add(name, bytes);
  expect(answer.status, answer.text).toBe(201);
  return answer.body as unknown as FileView;
};
const fetchFile = (id: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${hall.nodes[1]!.address}/v1/branches/plain/files/${id}`, { headers });
const picture = (width: number, height: number): Promise<Buffer> => {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#123456';
  pen.fillRect(0, 0, width / 2, height);
  return canvas.encode('jpeg');
};
const piecesKept = async (): Promise<number> => {
  const [row] = await hall.sql<{ count: number }[]>`select count(*)::int as count from hall_file_piece`;
  return row!.count;
};

test('[FILE-1] a picture is found by its bytes, written anew and upright, and kept once; every node serves it for good', async () => {
  const plain = await picture(200, 100);
  // As a telephone held upright writes it, and with where that was.
  const exif = Buffer.from('ffe100224578696600004d4d002a00000008000101120003000000010006000000000000', 'hex');
  const photograph = Buffer.concat([plain.subarray(0, 2), exif, plain.subarray(2)]);
  const file = await added('holiday.exe', photograph);
  expect(file).toMatchObject({ name: 'holiday.exe', kind: 'picture', mediaType: 'image/jpeg', screens: [] });

  const served = await fetchFile(file.id);
  const bytes = Buffer.from(await served.arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.id);
  expect(bytes.includes('Exif')).toBe(false);
  const { loadImage } = await import('@napi-rs/canvas');
  const { width, height } = await loadImage(bytes);
  expect([width, height]).toEqual([100, 200]);
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'public, max-age=31536000, immutable',
  });
  const again = await fetchFile(file.id, { 'if-none-match': served.headers.get('etag')! });
  expect(again.status).toBe(304);

  const before = await piecesKept();
  expect((await added('the same', photograph)).id).toBe(file.id);
  expect(await piecesKept()).toBe(before);
});

test('[FILE-1] a video of many pieces is what was sent; any part of it can be asked for', async () => {
  const video = anyVideo(3 * pieceBytes + 1_000);
  const file = await added('welcome.mp4', video);
  expect(file).toMatchObject({ kind: 'video', mediaType: 'video/mp4', bytes: video.length });
  expect(Buffer.from(await (await fetchFile(file.id)).arrayBuffer()).equals(video)).toBe(true);
  const part = async (range: string): Promise<[number, string | null, boolean]> => {
    const answer = await fetchFile(file.id, { range });
    const [, from, to] = /^bytes (\d+)-(\d+)\//.exec(answer.headers.get('content-range') ?? '') ?? [];
    const bytes = Buffer.from(await answer.arrayBuffer());
    const wanted = video.subarray(Number(from), Number(to) + 1);
    return [answer.status, answer.headers.get('content-range'), bytes.equals(wanted)];
  };
  const { length } = video;
  expect(await part('bytes=0-99')).toEqual([206, `bytes 0-99/${length}`, true]);
  const over = pieceBytes - 10;
  expect(await part(`bytes=${over}-${over + pieceBytes + 20}`)).toEqual([
    206,
    `bytes ${over}-${over + pieceBytes + 20}/${length}`,
    true,
  ]);
  expect(await part('bytes=-500')).toEqual([206, `bytes ${length - 500}-${length - 1}/${length}`, true]);
  const beyond = await fetchFile(file.id, { range: `bytes=${length}-` });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${length}`]);
  expect(beyond.headers.get('cache-control')).toBe('no-store');
});

test('[FILE-2] what is no picture, too large, or may be a program is refused in words, and nothing of it stays', async () => {
  const before = await piecesKept();
  const refusals = [
    [
      'drawing.png',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      'FILE_OF_UNKNOWN_KIND',
    ],
    ['page.jpg', Buffer.from('<!doctype html><script>alert(1)</script>'), 'FILE_OF_UNKNOWN_KIND'],
    ['broken.jpg', (await picture(300, 300)).subarray(0, 700), 'FILE_BROKEN'],
    ['wide.jpg', await picture(4_097, 10), 'PICTURE_TOO_WIDE'],
    ['large.jpg', Buffer.concat([await picture(10, 10), randomBytes(mostBytes.picture)]), 'FILE_TOO_LARGE'],
  ] as const;
  for (const [name, bytes, code] of refusals) {
    const answer = await add(name, bytes);
    expect([name, answer.body?.code]).toEqual([name, code]);
    expect(answer.body?.message).toMatch(/\w{3}.*\./);
  }
  expect(await piecesKept()).toBe(before);
  const uploadId = randomUUID();
  await sendPiece(address, 'plain', chief, uploadId, 1, Buffer.alloc(10));
  for (const language of ['en', 'id', 'az', 'ru']) {
    const answer = await inHall('/files', { uploadId, name: 'no beginning' }, language);
    expectProblem(answer, 409, 'FILE_INCOMPLETE');
  }
  const large = await sendPiece(address, 'plain', chief, uploadId, 0, Buffer.alloc(pieceBytes + 1));
  expectProblem(large, 413, 'TOO_LARGE');
  expectProblem(await inHall(`/uploads/${uploadId}/pieces/0`, { a: 1 }), 415, 'WRONG_MEDIA_TYPE');
});

test('[FILE-3] a file that a screen shows is not removed, and the screen is named; then it goes with all its pieces, noted', async () => {
  const before = await piecesKept();
  const file = await added('notice.jpg', await picture(64, 64));
  const shown = {
    ...plainHall,
    screens: [{ id: 'lobby', layout: 'board' as const, media: { files: [file.id] } }],
  };
  const applied = await inHall('/blueprint', { baseRevision: 1, blueprint: shown });
  expect(applied.status, applied.text).toBe(200);
  const listed = await inHall('/files');
  expect([...Value.Errors(FilesView, listed.body)]).toEqual([]);
  expect((listed.body as unknown as FileView[]).find(({ id }) => id === file.id)?.screens).toEqual(['lobby']);
  const branch = (await ask(`${address}/v1/branches/plain`, 'GET')).body as { screens: object[] };
  expect(branch.screens).toEqual([{ id: 'lobby', layout: 'board', media: { files: [file.id], pictureMs: 12_000 } }]);
  const refused = await inHall(`/files/${file.id}/remove`, {});
  expectProblem(refused, 409, 'FILE_IN_USE');
  expect(refused.body?.message).toContain('lobby');

  expect((await inHall('/blueprint', { baseRevision: 2, blueprint: plainHall })).status).toBe(200);
  expect((await inHall(`/files/${file.id}/remove`, {})).status).toBe(204);
  expectProblem(await inHall(`/files/${file.id}/remove`, {}), 404, 'FILE_UNKNOWN');
  expect((await fetchFile(file.id)).status).toBe(404);
  expect(await piecesKept()).toBe(before);
  const noted = await hall.sql<{ action: string }[]>`
    select action from audit_entry where subject = ${file.id} order by seq`;
  expect(noted.map(({ action }) => action)).toEqual(['file.added', 'file.removed']);
});
