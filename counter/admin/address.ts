/** What the part of the address behind `#` says, such as `#/audit?by=siti`. */
export interface Address {
  readonly section: string;
  readonly looksFor: Readonly<Record<string, string>>;
}

export const readAddress = (hash: string): Address => {
  const [, section = '', query = ''] = /^#\/([a-z-]*)\??(.*)$/.exec(hash) ?? [];
  return { section, looksFor: Object.fromEntries(new URLSearchParams(query)) };
};

/** The address of a section, looking for what is given; what is empty is left out. */
export const addressOf = (section: string, looksFor: Readonly<Record<string, string>> = {}): string => {
  const query = queryOf(looksFor);
  return `#/${section}${query === '' ? '' : `?${query}`}`;
};

export const queryOf = (looksFor: Readonly<Record<string, string>>): string =>
  new URLSearchParams(Object.entries(looksFor).filter(([, value]) => value !== '')).toString();
