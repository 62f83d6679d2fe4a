import { minorOf, majorText } from "@/components/apps/money-draft";
import type { WireTerms } from "@/lib/autonomy/terms";

/** Terms as a person types them. */
export type TermsTexts = {
  wrongPercent: string;
  surePercent: string;
  budget: string;
  family: string;
  labelHours: string;
  auditFloor: string;
  alarmRunLength: string;
  detectionDays: string;
  auditSlaHours: string;
  ramp: string;
  goldCorrection: boolean;
  expands: WireTerms["expands"];
};

/** `budget`: minor units of `currency`. */
export function textsOfTerms(terms: WireTerms, currency: string): TermsTexts {
  return {
    wrongPercent: percent(terms.alpha),
    surePercent: percent(1 - terms.delta),
    budget: terms.cost ? majorText(terms.cost.budget, currency) : "",
    family: String(terms.family),
    labelHours: String(terms.label_hours),
    auditFloor: String(terms.audit_floor),
    alarmRunLength: String(terms.alarm_run_length),
    detectionDays: String(terms.detection_days),
    auditSlaHours: String(terms.audit_sla_hours),
    ramp: terms.ramp.map(percent).join(", "),
    goldCorrection: terms.gold_correction,
    expands: terms.expands,
  };
}

export type AskedTerms = Omit<WireTerms, "cost"> & { cost: { budget: number } | null };
export type ReadTerms =
  | { ok: true; terms: AskedTerms }
  | { ok: false; field: keyof TermsTexts; message: string };

/** What was typed as terms, or the first field that is not a figure; what a figure may be is the server's to say. */
export function termsOfTexts(texts: TermsTexts, currency: string): ReadTerms {
  const figures = {
    wrongPercent: shareOf(texts.wrongPercent),
    surePercent: shareOf(texts.surePercent),
    family: wholeOf(texts.family),
    labelHours: wholeOf(texts.labelHours),
    auditFloor: wholeOf(texts.auditFloor),
    alarmRunLength: wholeOf(texts.alarmRunLength),
    detectionDays: wholeOf(texts.detectionDays),
    auditSlaHours: wholeOf(texts.auditSlaHours),
  };
  for (const key of figureKeys) {
    if (figures[key] === null) return { ok: false, field: key, message: wanted[key] };
  }
  const ramp = texts.ramp
    .split(/[,;\s]+/)
    .filter((step) => step !== "")
    .map(shareOf);
  if (ramp.length === 0 || ramp.includes(null))
    return { ok: false, field: "ramp", message: "Percentages such as 10, 50, 100" };
  const budget = texts.budget.trim() === "" ? null : minorOf(texts.budget, currency);
  if (budget === undefined) return { ok: false, field: "budget", message: `An amount in ${currency}` };
  return {
    ok: true,
    terms: {
      alpha: figures.wrongPercent ?? 0,
      delta: rounded(1 - (figures.surePercent ?? 0)),
      family: figures.family ?? 1,
      cost: budget === null ? null : { budget },
      gold_correction: texts.goldCorrection,
      label_hours: figures.labelHours ?? 0,
      audit_floor: figures.auditFloor ?? 0,
      alarm_run_length: figures.alarmRunLength ?? 0,
      detection_days: figures.detectionDays ?? 0,
      expands: texts.expands,
      ramp: ramp.filter((step) => step !== null),
      audit_sla_hours: figures.auditSlaHours ?? 0,
    },
  };
}

const figureKeys = [
  "wrongPercent",
  "surePercent",
  "family",
  "labelHours",
  "auditFloor",
  "alarmRunLength",
  "detectionDays",
  "auditSlaHours",
] as const;

const wanted: Record<(typeof figureKeys)[number], string> = {
  wrongPercent: "A percentage such as 2",
  surePercent: "A percentage such as 95",
  family: "A whole number",
  labelHours: "A whole number of hours",
  auditFloor: "A whole number",
  alarmRunLength: "A whole number",
  detectionDays: "A whole number of days",
  auditSlaHours: "A whole number of hours",
};

/** Which field of the form a pointer of the API is about: `terms/alpha` → wrongPercent. */
export const pointers: Record<keyof TermsTexts, string> = {
  wrongPercent: "terms/alpha",
  surePercent: "terms/delta",
  budget: "terms/cost",
  family: "terms/family",
  labelHours: "terms/label_hours",
  auditFloor: "terms/audit_floor",
  alarmRunLength: "terms/alarm_run_length",
  detectionDays: "terms/detection_days",
  auditSlaHours: "terms/audit_sla_hours",
  ramp: "terms/ramp",
  goldCorrection: "terms/gold_correction",
  expands: "terms/expands",
};

function percent(share: number): string {
  return String(Number((share * 100).toFixed(6)));
}

// 95 % sure is 0.05, not 0.050000000000000044.
function rounded(share: number): number {
  return Number(share.toFixed(8));
}

function shareOf(text: string): number | null {
  const figure = /^\d{1,3}(?:[.,]\d{1,6})?$/.exec(text.trim().replace(/\s*%$/, ""))?.[0];
  if (figure === undefined) return null;
  return rounded(Number(figure.replace(",", ".")) / 100);
}

function wholeOf(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
