/** Why a service gives nobody a number (HOURS-5). */
export const shutReasons = ['closed', 'paused', 'full', 'used-up'] as const;
export type ShutReason = (typeof shutReasons)[number];
