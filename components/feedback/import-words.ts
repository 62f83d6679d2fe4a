import type { Tone } from "@/components/ui/badge";
import type { ImportKind, ImportRowStatus, ImportStatus } from "@/lib/feedback/imports";

type Look = { word: string; tone: Tone };

export const kindWords: Record<ImportKind, string> = { feedback: "Feedback", outcomes: "Outcomes" };

export const statusLooks: Record<ImportStatus, Look> = {
  receiving: { word: "Being sent", tone: "accent" },
  pending: { word: "Waits for a worker", tone: "accent" },
  running: { word: "Under way", tone: "accent" },
  waiting: { word: "Waits for decisions", tone: "review" },
  done: { word: "Finished", tone: "approved" },
  failed: { word: "Failed", tone: "declined" },
  cancelled: { word: "Stopped", tone: "idle" },
};

/** In the order in which a reader cares. */
export const rowLooks: Record<ImportRowStatus, Look> = {
  recorded: { word: "Recorded", tone: "approved" },
  repeated: { word: "Known before", tone: "idle" },
  unmatched: { word: "No decision", tone: "review" },
  ambiguous: { word: "Several decisions", tone: "escalated" },
  invalid: { word: "Wrong", tone: "declined" },
  pending: { word: "Waiting", tone: "neutral" },
};

const number = new Intl.NumberFormat("en");

export function rowsWords(rows: number): string {
  return `${number.format(rows)} ${rows === 1 ? "row" : "rows"}`;
}

export function countWords(count: number): string {
  return number.format(count);
}
