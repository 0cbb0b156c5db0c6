import { randomBytes, randomUUID } from 'node:crypto';
import { pieceBytes } from '@antrean/shared/protocol/files.ts';
import { type Answer, ask } from './ask.ts';

/** Sends one piece of a file as the administration does. */
export const sendPiece = async (
  address: string,
  branchId: string,
  cookie: string,
  uploadId: string,
  position: number,
  piece: Uint8Array,
): Promise<Answer> => {
  const answer = await fetch(`${address}/v1/branches/${branchId}/uploads/${uploadId}/pieces/${position}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/octet-stream' },
    body: Buffer.from(piece),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: text ? JSON.parse(text) : null } as Answer;
};

/** Sends a file in pieces and has it kept. @returns what the server says of it */
export const addFile = async (
  address: string,
  branchId: string,
  cookie: string,
  name: string,
  bytes: Uint8Array,
): Promise<Answer> => {
  const uploadId = randomUUID();
  for (let at = 0; at * pieceBytes < bytes.length; at++) {
    const piece = bytes.subarray(at * pieceBytes, (at + 1) * pieceBytes);
    const answer = await sendPiece(address, branchId, cookie, uploadId, at, piece);
    if (answer.status !== 204) return answer;
  }
  const headers = { cookie };
  return ask(`${address}/v1/branches/${branchId}/files`, 'POST', { headers, body: { uploadId, name } });
};

/** The beginning of an MP4, and then anything: nothing that plays. @param length bytes */
export const anyVideo = (length: number): Buffer =>
  Buffer.concat([Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex'), randomBytes(length)]).subarray(
    0,
    length,
  );
