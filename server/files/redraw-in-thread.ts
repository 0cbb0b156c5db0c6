import { setImmediate } from 'node:timers/promises';
import { mostPixels } from '@antrean/shared/protocol/files.ts';
import { imageSize } from 'image-size';

/** How much of a photograph is kept, percent: what is lost then is not seen from a seat. */
const quality = 90;

/** How wide or high a picture is kept: no TV shows more beside its calls, and old ones have little memory. */
const keptPixels = 1920;

/** A picture, and as what it is to be drawn. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

export type NotRedrawn = 'FILE_BROKEN' | 'PICTURE_TOO_WIDE' | 'PICTURES_UNDRAWN';

const canvas = await import('@napi-rs/canvas').catch(() => null);

/** Reads a picture and writes it anew, upright: of what else was in the file, such as where it was taken, nothing is left. */
export default async ({ bytes, mediaType }: Picture): Promise<Uint8Array | NotRedrawn> => {
  if (!canvas) return 'PICTURES_UNDRAWN';
  try {
    // Before it is read: a few kilobytes may be a picture of gigabytes.
    const { width, height } = imageSize(bytes);
    if (Math.max(width, height) > mostPixels) return 'PICTURE_TOO_WIDE';
    const picture = await canvas.loadImage(bytes);
    const scale = Math.min(1, keptPixels / Math.max(width, height));
    const sheet = canvas.createCanvas(Math.ceil(picture.width * scale), Math.ceil(picture.height * scale));
    const pen = sheet.getContext('2d');
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
    if (mediaType === 'image/png') return await sheet.encode('png');
    return await (mediaType === 'image/webp' ? sheet.encode('webp', quality) : sheet.encode('jpeg', quality));
  } catch {
    return 'FILE_BROKEN';
  } finally {
    // The pool waits for the next order without turning the event loop, on which the library gives its memory back.
    await setImmediate();
  }
};
