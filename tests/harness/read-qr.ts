import jsqr from 'jsqr';
import type { Locator } from 'playwright-core';

/** What the picture of a QR code says, read by its pixels as a phone's camera would; empty when nothing can be read. */
export const readQr = async (place: Locator): Promise<string> => {
  const shot = await place.screenshot();
  const pixels = await place.page().evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
    const isDark = (_: unknown, at: number) => (data[at * 4]! < 128 ? '1' : '0');
    return { dark: Array.from({ length: width * height }, isDark).join(''), width, height };
  }, shot.toString('base64'));
  const rgba = [...pixels.dark].flatMap((dark) => (dark === '1' ? [0, 0, 0, 255] : [255, 255, 255, 255]));
  return jsqr.default(Uint8ClampedArray.from(rgba), pixels.width, pixels.height)?.data ?? '';
};
