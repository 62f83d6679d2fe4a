import type { Terms } from "./schema";

/** The share audited: this much until so many were audited since anything ran alone, and then the next. */
const stages = [
  { rate: 0.2, until: 300 },
  { rate: 0.1, until: 900 },
  { rate: 0.05, until: Infinity },
] as const;

/** The audit detector is to find an error rate this many times what is promised. */
const soughtMultiple = 4;

export type AuditLoad = {
  /** Audited since deployment. */
  audited: number;
  /** How many a day are expected to run alone. */
  autosPerDay: number;
  /** The scores have shifted: look twice as closely. */
  drifted: boolean;
};

/**
 * The share of what runs alone that is audited: 20 %, 10 % after 300 audits, 5 % after 900; never so little that fewer
 * than the floor come in a day, or that a fourfold error rate would take longer than `detectionDays` to find
 * (autonomy.md §1.8). In (0, 1].
 */
export function auditRateOf(
  { alpha, auditFloor, alarmRunLength, detectionDays }: Terms,
  { audited, autosPerDay, drifted }: AuditLoad,
): number {
  const stage = stages.find(({ until }) => audited < until)?.rate ?? 0.05;
  const perDay = Math.max(autosPerDay, 1e-9);
  const floor = auditFloor / perDay;
  const detection = auditsToDetect(alpha, alarmRunLength) / (detectionDays * perDay);
  const rate = Math.min(1, Math.max(stage, floor, detection));
  return drifted ? Math.min(1, 2 * rate) : rate;
}

/** Audits it takes to find an error rate of four times alpha: `(ln c + ln 5) / KL(4·alpha ‖ alpha)`. */
export function auditsToDetect(alpha: number, runLength: number): number {
  const rate = Math.min(0.95, soughtMultiple * alpha);
  const divergence = rate * Math.log(rate / alpha) + (1 - rate) * Math.log((1 - rate) / (1 - alpha));
  return (Math.log(runLength) + Math.log(5)) / divergence;
}
