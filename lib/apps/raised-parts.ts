import type { AutonomyLevel } from "./schema";

type Standing = {
  level: AutonomyLevel;
  threshold: number | null;
  decline_threshold: number | null;
  audit_rate: number;
  amount_cap: number | null;
};
export type RaisedPart = keyof Standing;

/**
 * What of a setting lets more run alone than before, or has less of it audited; empty: nothing does. Only `auto` lets
 * anything run alone, so what a setting without it says of thresholds raises nothing.
 */
export function raisedParts(before: Standing, after: Standing): RaisedPart[] {
  if (after.level !== "auto") return [];
  if (before.level !== "auto") return ["level"];
  const raised: [RaisedPart, boolean][] = [
    ["threshold", orNever(after.threshold) < orNever(before.threshold)],
    ["decline_threshold", orNever(after.decline_threshold) < orNever(before.decline_threshold)],
    ["audit_rate", after.audit_rate < before.audit_rate],
    ["amount_cap", orNoCap(after.amount_cap) > orNoCap(before.amount_cap)],
  ];
  return raised.flatMap(([part, isRaised]) => (isRaised ? [part] : []));
}

// Above every confidence: what nothing reaches.
const orNever = (threshold: number | null) => threshold ?? 2;
const orNoCap = (cap: number | null) => cap ?? Infinity;

export const partWords: Record<RaisedPart, string> = {
  level: "level",
  threshold: "threshold",
  decline_threshold: "decline threshold",
  audit_rate: "audit rate",
  amount_cap: "amount cap",
};
