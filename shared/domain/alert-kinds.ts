/** What managers are told of (ALERT-1). */
export const alertKinds = ['longest-wait', 'waiting', 'share-within-target', 'serving-long', 'device-silent'] as const;
export type AlertKind = (typeof alertKinds)[number];
