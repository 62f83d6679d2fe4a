import { counted } from "@/lib/kernel/counted";
import type { ExportView } from "./contract";
import type { ExportKind } from "./schema";

export const listNames: Record<ExportKind, string> = {
  decisions: "Decisions",
  reviews: "Reviews",
  audits: "Audits",
  executions: "Executions",
};

type Progress = Pick<ExportView, "status" | "rows" | "total">;

const number = new Intl.NumberFormat("en");

/** 0 to 1; undefined while nobody knows how much there is. */
export function shareDone({ status, rows, total }: Progress): number | undefined {
  if (status === "done") return 1;
  return total === null ? undefined : total === 0 ? 0 : Math.min(1, rows / total);
}

/** How far it is, in counts. */
export function progressWords({ status, rows, total }: Progress): string {
  if (status === "done") return counted(rows, "row");
  if (status === "pending") return "Waits for a worker";
  if (total === null) return `${counted(rows, "row")} so far`;
  return `${number.format(rows)} of ${number.format(total)} rows`;
}

/** Steps that are read aloud: 0, 25, 50, 75 and 100 per cent, and the two ways to end early. */
export function milestoneOf(progress: Progress): string {
  if (progress.status === "failed") return "failed";
  if (progress.status === "cancelled") return "cancelled";
  if (progress.status === "done") return "finished";
  const quarter = Math.floor((shareDone(progress) ?? 0) * 4);
  return quarter === 0 ? "started" : `${quarter * 25} per cent done`;
}
