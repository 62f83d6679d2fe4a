import { bins } from "./curves";

/** Audits a day at least, as a contract's terms have it. */
export const auditFloor = 15;

/**
 * The share of what runs alone that is audited: 20 % of the first 300 audits since it began, 10 % up to 900, then 5 %,
 * and never fewer than the floor a day, nor than a fourfold error rate needs to be found within a fortnight.
 */
export function auditRateFor(
  auto: number,
  audited: number,
  { perDay, alpha, alarmRunLength }: Audited,
): number {
  if (auto === 0) return 1;
  const stage = audited < 300 ? 0.2 : audited < 900 ? 0.1 : 0.05;
  const alone = (perDay * auto) / bins;
  const needed = (Math.log(alarmRunLength) + Math.log(5)) / divergence(4 * alpha, alpha);
  return Math.min(1, Math.max(stage, auditFloor / alone, needed / (14 * alone)));
}

type Audited = { perDay: number; alpha: number; alarmRunLength: number };

function divergence(p: number, q: number): number {
  return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
}
