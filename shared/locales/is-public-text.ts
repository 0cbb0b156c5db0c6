/** What public screens say begins with one of these; the rest of a catalogue is for staff and for what the server writes. */
const spoken = ['date.', 'kiosk.', 'pairing.', 'screen.', 'tv.'];
const others = ['refusal.BRANCH_UNKNOWN', 'refusal.STORE_UNAVAILABLE'];

/** Whether only a kiosk with a printer of its own says it, to staff: loaded when they ask for it. */
export const isKioskPrinterText = (key: string): boolean => key.startsWith('kioskPrinter.');

/** Whether the public screens are built with a text of the catalogues. */
export const isPublicText = (key: string): boolean =>
  spoken.some((beginning) => key.startsWith(beginning)) || others.includes(key);
