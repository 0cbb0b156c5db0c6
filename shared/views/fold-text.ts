/**
 * A text as it is compared by whoever types it quickly: without case, accents and signs. Dotted and dotless i are one
 * letter here, as are ə and e: a visitor who is used to another keyboard types what is nearest.
 */
export const foldText = (text: string): string =>
  text
    // Before the case: in most languages İ becomes i with a dot above, and ı has no other case than I.
    .replace(/[Iİı]/g, 'i')
    .toLowerCase()
    .replace(/ə/g, 'e')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
