import { mostInBulk } from "@/lib/reviews/limits";
import type { ReviewSummary } from "@/lib/reviews/schema";

type Row = Pick<ReviewSummary, "id" | "type" | "predicted" | "reasons" | "deliberate" | "held_by"> & {
  gone: boolean;
};

/**
 * The rows that ask the same as those chosen, which stay chosen: the same type, the same proposal, here for the same
 * reasons, free or one's own. Nothing that takes two keys: it is never ruled on with others.
 */
export function alikeRows(rows: readonly Row[], chosen: readonly Row[], me: string): string[] {
  const asked = new Set(chosen.map(questionOf));
  const ids = chosen.map(({ id }) => id);
  const more = rows.filter(
    (row) =>
      !ids.includes(row.id) &&
      !row.gone &&
      !row.deliberate &&
      (row.held_by === null || row.held_by.id === me) &&
      asked.has(questionOf(row)),
  );
  return [...ids, ...more.map(({ id }) => id)].slice(0, Math.max(ids.length, mostInBulk));
}

function questionOf({ type, predicted, reasons }: Row): string {
  const codes = reasons.map(({ code }) => code).toSorted((a, b) => a.localeCompare(b));
  return JSON.stringify([type.id, predicted, codes]);
}
