import type { NewReplay } from "@/lib/autonomy/replay-views";

/** How a kind of proposal is tried out. */
export type SideDraft = { mode: "as_it_was" | "never" | "from"; threshold: number };

export type ReplayDraftForm = {
  kind: "threshold" | "policy";
  type: string;
  positive: SideDraft;
  negative: SideDraft;
  /** Percent, as typed. */
  auditPercent: string;
  version: string;
  /** `days:30`, `last:10000`. */
  period: string;
};

export const periods: readonly [value: string, words: string][] = [
  ["days:7", "The last 7 days"],
  ["days:30", "The last 30 days"],
  ["days:90", "The last 90 days"],
  ["days:365", "The last 365 days"],
  ["last:1000", "The last 1,000 decisions"],
  ["last:10000", "The last 10,000 decisions"],
  ["last:100000", "The last 100,000 decisions"],
  ["last:1000000", "The last 1,000,000 decisions"],
];

type Asked = Record<string, string | string[] | undefined>;

/** The form as the address asks for it: `?type=refund.issue&positive=0.93`, `?policy_version=pov_…`. */
export function newDraft(asked: Asked): ReplayDraftForm {
  const { policy_version: version, type } = asked;
  const isPolicy = typeof version === "string" && version !== "";
  const positive = shareOf(asked.positive);
  const negative = shareOf(asked.negative);
  const named = positive !== undefined || negative !== undefined;
  return {
    kind: isPolicy ? "policy" : "threshold",
    type: typeof type === "string" ? type : "",
    positive: sideOf(positive, named ? "as_it_was" : "from"),
    negative: sideOf(negative, "as_it_was"),
    auditPercent: "10",
    version: isPolicy ? version : "",
    period: "days:30",
  };
}

function shareOf(value: string | string[] | undefined): number | undefined {
  const share = typeof value === "string" && value !== "" ? Number(value) : Number.NaN;
  return share >= 0 && share <= 1 ? share : undefined;
}

function sideOf(threshold: number | undefined, otherwise: SideDraft["mode"]): SideDraft {
  return threshold === undefined ? { mode: otherwise, threshold: 0.9 } : { mode: "from", threshold };
}

/** What is asked of the server, or the sentence that says what is missing. */
export function replayOf(
  draft: ReplayDraftForm,
  app: string,
): { ok: true; input: NewReplay } | { ok: false; error: string } {
  const shared = { app, period: periodOf(draft.period), ...(draft.type === "" ? {} : { type: draft.type }) };
  if (draft.kind === "policy") {
    if (draft.version === "") return { ok: false, error: "Choose the draft of a policy." };
    return { ok: true, input: { ...shared, kind: "policy", version: draft.version } };
  }
  const thresholds = {
    ...thresholdOf("positive", draft.positive),
    ...thresholdOf("negative", draft.negative),
  };
  if (Object.keys(thresholds).length === 0) {
    return { ok: false, error: "Everything stays as it was: try out a threshold for one kind of proposal." };
  }
  const audit = draft.auditPercent.trim() === "" ? Number.NaN : Number(draft.auditPercent);
  if (!(audit >= 0 && audit <= 100)) return { ok: false, error: "The share audited is 0 to 100 %." };
  return { ok: true, input: { ...shared, kind: "threshold", thresholds, audit_rate: audit / 100 } };
}

function thresholdOf(predicted: "positive" | "negative", { mode, threshold }: SideDraft) {
  return mode === "as_it_was" ? {} : { [predicted]: mode === "never" ? null : threshold };
}

function periodOf(period: string): NewReplay["period"] {
  const [unit, size] = period.split(":");
  return unit === "last" ? { last: Number(size) } : { days: Number(size) };
}
