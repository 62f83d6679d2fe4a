import { formatConfidence } from "@/lib/kernel/confidence";
import { counted } from "@/lib/kernel/counted";
import type { ReplayResult, ReplayView, Side } from "./replay-views";

const number = new Intl.NumberFormat("en");
const rounded = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const count = (value: number) => number.format(value);

/** 3.21 → "3.2", 320.4 → "320": no digits that mean nothing. */
export function figure(value: number): string {
  return Math.abs(value) >= 100 ? number.format(Math.round(value)) : rounded.format(value);
}

/** What is tried out, in one line. */
export function draftWords({ draft, type }: Pick<ReplayView, "draft" | "type">): string {
  if (draft.kind === "policy") return `${draft.policy}, version ${draft.number}`;
  const { positive, negative } = draft.thresholds;
  const parts = [
    ...(positive === undefined ? [] : [`act ${fromWords(positive)}`]),
    ...(negative === undefined ? [] : [`leave alone ${fromWords(negative)}`]),
  ];
  const words = parts.join(", ");
  return type ? `${type.name}: ${words}` : words.charAt(0).toUpperCase() + words.slice(1);
}

function fromWords(threshold: number | null): string {
  return threshold === null ? "never" : `from ${formatConfidence(threshold)}`;
}

export function periodWords({ period }: Pick<ReplayView, "period">): string {
  if ("last" in period) return `the last ${counted(period.last, "decision")}`;
  return period.days === 1 ? "the last day" : `the last ${period.days} days`;
}

export const replayStatusWords: Record<ReplayView["status"], string> = {
  pending: "Waits for a worker",
  running: "Under way",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** 0 to 1; undefined while nobody knows how many there are. */
export function shareDone({ status, done, total }: Pick<ReplayView, "status" | "done" | "total">) {
  if (status === "done") return 1;
  return total === null ? undefined : total === 0 ? 0 : Math.min(1, done / total);
}

export function progressWords({
  status,
  done,
  total,
}: Pick<ReplayView, "status" | "done" | "total">): string {
  if (status === "pending") return replayStatusWords.pending;
  if (total === null) return "Counting decisions";
  return `${count(done)} of ${counted(total, "decision")}`;
}

/** Steps that are read aloud. */
export function milestoneWords(replay: Pick<ReplayView, "status" | "done" | "total">): string {
  if (replay.status === "pending" || replay.status === "running") {
    const quarter = Math.floor((shareDone(replay) ?? 0) * 4);
    return quarter === 0 ? "The replay has started." : `The replay is ${quarter * 25} per cent done.`;
  }
  return {
    done: "The replay is done.",
    failed: "The replay failed.",
    cancelled: "The replay was cancelled.",
  }[replay.status];
}

/** "about 12 (95 %: 8 to 19)". */
export function wrongWords({ wrong }: Side): string {
  if (wrong === null) return "Nothing to go by";
  if (wrong.lower === wrong.upper) return count(Math.round(wrong.value));
  return `about ${figure(wrong.value)}`;
}

export function wrongInterval({ wrong, alone, unknown }: Side): string | undefined {
  if (wrong === null) return undefined;
  const base = alone - unknown;
  const share = base === 0 ? "" : `${figure((wrong.value / base) * 100)} % of ${count(base)}; `;
  if (wrong.lower === wrong.upper) return `${share}each was ruled on`;
  return `${share}95 % interval ${figure(wrong.lower)} to ${figure(wrong.upper)}`;
}

/** What no figure can say, in a sentence; null where nothing is unknown. */
export function unknownWords({ unknown, wrong, band }: Side): string | null {
  if (unknown === 0) return null;
  const what =
    unknown === 1
      ? "Of one decision that would run alone, nobody ever said what was right"
      : `Of ${count(unknown)} decisions that would run alone, nobody ever said what was right`;
  const rest = wrong === null ? "" : " Together with the rest,";
  return `${what}: no audit, no ruling, no outcome.${rest} ${rest ? "between" : "Between"} ${figure(band.lower)} (if none of them was wrong) and ${figure(band.upper)} (if all were) would have been wrong. No estimate can narrow this; audits can.`;
}

/** "saves 12 hours of review a week". */
export function hoursWords({ hours, reviews }: Pick<ReplayResult, "hours" | "reviews">): string {
  const change = hours.would - hours.was;
  if (hours.unmeasured > 0 && hours.was + hours.would === 0) return "Nobody has timed reviews yet";
  if (Math.abs(change) < 0.05) {
    return reviews.was === reviews.would ? "No change" : "Less than 0.1 h a week";
  }
  return `${figure(Math.abs(change))} h a week ${change < 0 ? "less" : "more"}`;
}
