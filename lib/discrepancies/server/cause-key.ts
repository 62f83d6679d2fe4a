/** How the idempotency keys begin of what a discrepancy told as feedback: each confirmation has one of its own. */
export const causeKeyOf = (discrepancyId: string): string => `discrepancy:${discrepancyId}:`;
