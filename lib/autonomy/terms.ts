import type { Terms } from "./schema";

/** What a contract promises when nobody says otherwise: at most 2 % wrong, 95 % sure. */
export const defaultTerms: Terms = {
  alpha: 0.02,
  delta: 0.05,
  family: 1,
  cost: null,
  goldCorrection: false,
  labelHours: 72,
  auditFloor: 15,
  alarmRunLength: 5000,
  detectionDays: 14,
  expands: "signed",
  ramp: [0.1, 0.5, 1],
  auditSlaHours: 48,
};

/** Terms as the API spells them. */
export type WireTerms = {
  alpha: number;
  delta: number;
  family: number;
  cost: { budget: number; cap: number } | null;
  gold_correction: boolean;
  label_hours: number;
  audit_floor: number;
  alarm_run_length: number;
  detection_days: number;
  expands: Terms["expands"];
  ramp: number[];
  audit_sla_hours: number;
};

/** Terms as the API spells them. */
export function wireOf(terms: Terms): WireTerms {
  const { goldCorrection, labelHours, auditFloor, alarmRunLength, detectionDays, auditSlaHours, ...same } =
    terms;
  return {
    ...same,
    gold_correction: goldCorrection,
    label_hours: labelHours,
    audit_floor: auditFloor,
    alarm_run_length: alarmRunLength,
    detection_days: detectionDays,
    audit_sla_hours: auditSlaHours,
  };
}

/** Terms with what somebody asks for in their place; `cap` is the top of the amount band, which a limit on cost needs. */
export function withAsked(
  before: Terms,
  asked: Partial<Omit<WireTerms, "cost">> & { cost?: { budget: number } | null },
  cap: number | null,
): Terms {
  const budget = asked.cost === undefined ? (before.cost?.budget ?? null) : (asked.cost?.budget ?? null);
  const cost = budget === null || cap === null ? null : { budget, cap };
  return {
    alpha: cost ? cost.budget / cost.cap : (asked.alpha ?? before.alpha),
    delta: asked.delta ?? before.delta,
    family: asked.family ?? before.family,
    cost,
    goldCorrection: asked.gold_correction ?? before.goldCorrection,
    labelHours: asked.label_hours ?? before.labelHours,
    auditFloor: asked.audit_floor ?? before.auditFloor,
    alarmRunLength: asked.alarm_run_length ?? before.alarmRunLength,
    detectionDays: asked.detection_days ?? before.detectionDays,
    expands: asked.expands ?? before.expands,
    ramp: asked.ramp ?? before.ramp,
    auditSlaHours: asked.audit_sla_hours ?? before.auditSlaHours,
  };
}

export type TermsChange = {
  /** Terms that promise less or watch less closely than before: these need a second admin. */
  looser: (keyof Terms)[];
  /** Terms that differ at all. */
  changed: (keyof Terms)[];
  /** What counts as evidence, or what it has to show, is another: earlier evidence does not speak for it. */
  beginsEpoch: boolean;
};

const evidenceTerms: readonly (keyof Terms)[] = [
  "alpha",
  "delta",
  "family",
  "cost",
  "goldCorrection",
  "labelHours",
];

/** What a change of terms means. What can be neither called tighter nor looser is called looser. */
export function compareTerms(before: Terms, after: Terms): TermsChange {
  const keys = Object.keys(before) as (keyof Terms)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  const looser = changed.filter((key) => isLooser(key, before, after));
  return { looser, changed, beginsEpoch: changed.some((key) => evidenceTerms.includes(key)) };
}

function isLooser(key: keyof Terms, before: Terms, after: Terms): boolean {
  switch (key) {
    case "alpha":
    case "delta":
    case "labelHours":
    case "alarmRunLength":
    case "detectionDays":
    case "auditSlaHours":
      return after[key] > before[key];
    case "family":
    case "auditFloor":
      return after[key] < before[key];
    case "goldCorrection":
      return before.goldCorrection;
    case "expands":
      return after.expands === "by_itself";
    case "cost":
      // Another unit of loss cannot be compared; a smaller budget of the same is tighter.
      return !(
        before.cost &&
        after.cost &&
        before.cost.cap === after.cost.cap &&
        after.alpha <= before.alpha
      );
    case "ramp":
      return (
        after.ramp.length < before.ramp.length || after.ramp.some((step, at) => step > stepOf(before, at))
      );
  }
}

function stepOf({ ramp }: Terms, at: number): number {
  return ramp[at] ?? 1;
}

/** A term's name as the API spells it. */
export function wireKeyOf(key: keyof Terms): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
