// Apart from the schemas, so that a page which needs a number does not load them.

/** The most reviews that are ruled on alike at once. */
export const mostInBulk = 200;

/** How long after the glass was broken its audit is due: sooner than what a draw chose. */
export const brokenGlassAuditHours = 24;

/** The longest a review can be put off, minutes. */
export const longestSnooze = 7 * 24 * 60;
