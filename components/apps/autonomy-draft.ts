import { majorText, minorOf } from "@/components/apps/money-draft";
import { formatMoney } from "@/components/ui/money-text";
import type { AutonomyLevel, TimeoutAction } from "@/lib/apps/schema";
import type { AutonomyView } from "@/lib/apps/views";
import type { AutonomyDraft } from "@/lib/apps/words";

/** The form as typed. */
export type AutonomyTexts = {
  level: AutonomyLevel;
  threshold: string;
  declineThreshold: string;
  auditPercent: string;
  cap: string;
  slaMinutes: string;
  onTimeout: TimeoutAction;
};

/** A stored setting as the form shows it. */
export function textsOf(autonomy: AutonomyView): AutonomyTexts {
  return {
    level: autonomy.level,
    threshold: autonomy.threshold?.toString() ?? "",
    declineThreshold: autonomy.decline_threshold?.toString() ?? "",
    auditPercent: String(Number((autonomy.audit_rate * 100).toFixed(4))),
    cap: autonomy.amount_cap === null ? "" : majorText(autonomy.amount_cap, autonomy.currency),
    slaMinutes: String(autonomy.sla_minutes),
    onTimeout: autonomy.on_timeout,
  };
}

/** What the form says so far, for the sentence under it. */
export function draftOf(texts: AutonomyTexts, currency: string): AutonomyDraft {
  const cap = minorOf(texts.cap, currency);
  const audited = numberOf(texts.auditPercent);
  return {
    level: texts.level,
    threshold: numberOf(texts.threshold),
    declineThreshold: numberOf(texts.declineThreshold),
    auditRate: audited === null ? null : share(audited),
    cap: cap === undefined ? null : formatMoney(cap, currency),
    slaMinutes: numberOf(texts.slaMinutes),
    onTimeout: texts.onTimeout,
  };
}

/** The request, or what is wrong with a field that the server could not say better. */
export function bodyOf(texts: AutonomyTexts, { currency, version }: { currency: string; version: number }) {
  const cap = texts.cap.trim() === "" ? null : minorOf(texts.cap, currency);
  if (cap === undefined)
    return { ok: false, field: "amount_cap", message: "Write an amount such as 150.00" } as const;
  const audited = numberOf(texts.auditPercent);
  return {
    ok: true,
    body: {
      level: texts.level,
      threshold: numberOf(texts.threshold),
      decline_threshold: numberOf(texts.declineThreshold),
      audit_rate: share(audited ?? Number.NaN),
      amount_cap: cap,
      sla_minutes: numberOf(texts.slaMinutes) ?? 0,
      on_timeout: texts.onTimeout,
      version,
    },
  } as const;
}

function numberOf(text: string): number | null {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() === "" || !Number.isFinite(value) ? null : value;
}

function share(percent: number): number {
  return Number((percent / 100).toFixed(6));
}
