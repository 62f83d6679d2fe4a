/** What a person may send with an appeal. */
export const appealLimits = { statement: 5000, contact: 300, files: 3, fileBytes: 5 * 1024 * 1024 } as const;
/** How long an appeal may take, hours, and a link is open, days, where nobody said otherwise. */
export const appealDefaults = { slaHours: 72, linkDays: 30 } as const;
