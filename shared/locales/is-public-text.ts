/** What public screens say begins with one of these; the rest of a catalogue is for staff and for what the server writes. */
const spoken = ['date.', 'kiosk.', 'pairing.', 'screen.', 'tv.'];
const others: readonly string[] = ['refusal.BRANCH_UNKNOWN', 'refusal.STORE_UNAVAILABLE'];

/** Why a kiosk may be given no number: it says so itself, for a visitor may change the language when it stands there. */
export const kioskRefusals = [
  'refusal.DAY_NOT_OPEN',
  'refusal.SERVICE_UNKNOWN',
  'refusal.JOURNEY_UNKNOWN',
  'refusal.PRIORITY_UNKNOWN',
  'refusal.SERVICE_CLOSED_NOW',
  'refusal.SERVICE_FULL',
  'refusal.NUMBERS_USED_UP',
  'refusal.HOLDER_NEEDED',
  'refusal.HOLDER_HAS_TICKET',
  'refusal.KIOSK_BUSY',
] as const;

/** Whether only a kiosk with a printer of its own says it, to staff: loaded when they ask for it. */
export const isKioskPrinterText = (key: string): boolean => key.startsWith('kioskPrinter.');

/** Whether the public screens are built with a text of the catalogues. */
export const isPublicText = (key: string): boolean =>
  spoken.some((beginning) => key.startsWith(beginning)) || [...others, ...kioskRefusals].includes(key);
