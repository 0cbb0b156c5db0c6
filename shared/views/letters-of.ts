/** Letters as the keyboards of a language have them, row by row: where people look for them. */
const latin = ['QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM'];
const rowsOf: Readonly<Record<string, readonly string[]>> = {
  az: ['QÜERTYUİOPÖĞ', 'ASDFGHJKLIƏ', 'ZXCVBNMÇŞ'],
  ru: ['ЙЦУКЕНГШЩЗХЪ', 'ФЫВАПРОЛДЖЭ', 'ЯЧСМИТЬБЮЁ'],
};

/** The rows of keys for a language. @param language BCP 47 tag */
export const lettersOf = (language: string): string[][] =>
  (rowsOf[language.split('-')[0] ?? ''] ?? latin).map((row) => [...row]);
