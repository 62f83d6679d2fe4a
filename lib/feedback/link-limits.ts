/** What a customer may send over a link. */
export const linkLimits = { text: 2000, bytes: 16 * 1024, days: 30, mostDays: 366 } as const;
