import type { List } from "@/lib/kernel/list";
import type { InboxFilter } from "./client";
import type { ReviewSummary } from "./schema";

/** The list that J, K and a verdict walk through: a reviewer's own and unclaimed work is one walk. */
export function walkOf(filter: InboxFilter): InboxFilter {
  const own = filter.tab === "unclaimed" || filter.tab === "mine";
  return { ...filter, tab: own ? "available" : filter.tab };
}

/** What the walk needs of a review, and no more: fifty of them come with every review's page. */
export type WalkRow = Pick<ReviewSummary, "id" | "decision_id" | "blind" | "held_by" | "verdict">;
export type Walk = { rows: WalkRow[]; more: boolean };

/** A list as the walk takes it. */
export function walkThrough({ data, has_more: more }: Pick<List<ReviewSummary>, "data" | "has_more">): Walk {
  const rows = data.map(({ id, decision_id, blind, held_by, verdict }) => ({
    id,
    decision_id,
    blind,
    held_by,
    verdict,
  }));
  return { rows, more };
}

type Row = Pick<ReviewSummary, "id" | "held_by" | "verdict">;
export type Place = { rows: readonly Row[]; current: string; passed: ReadonlySet<string>; me: string };

/** Up to `count` reviews the person should see after this one: forward from here, then from the start again. */
export function upcoming({ rows, current, passed, me }: Place, count: number): string[] {
  const at = rows.findIndex(({ id }) => id === current);
  const turned = [...rows.slice(at + 1), ...rows.slice(0, Math.max(0, at))];
  const free = turned.filter(
    ({ id, held_by, verdict }) =>
      id !== current && verdict === null && !passed.has(id) && (held_by === null || held_by.id === me),
  );
  return free.slice(0, count).map(({ id }) => id);
}

/** The row `by` places away, whatever its state; undefined at an end of the list. */
export function neighbour(rows: readonly { id: string }[], current: string, by: 1 | -1): string | undefined {
  const at = rows.findIndex(({ id }) => id === current);
  if (at < 0) return by === 1 ? rows[0]?.id : undefined;
  return rows[at + by]?.id;
}
