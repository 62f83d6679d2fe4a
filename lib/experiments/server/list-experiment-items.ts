import { sql } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { maskFor } from "@/lib/policies/server/mask-for";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ComparedItem } from "../experiments";
import type { ComparedQuery } from "../experiment-endpoints";
import { comparedItems } from "./compared-items";
import { experimentById } from "./experiment-rows";

/**
 * Items with every candidate's answer, in the dataset's order, by keyset on the item's id; personal data is masked for
 * whoever may not read it. Throws `not_found`.
 */
export async function listExperimentItems(
  ctx: Context,
  { experiment, show, limit, starting_after: after }: ComparedQuery & { experiment: string },
): Promise<List<ComparedItem>> {
  authorize(ctx, "experiments.read");
  const { id } = await experimentById(ctx, experiment);
  const found = await comparedItems(ctx, id, { show, after: await positionOf(ctx, after), limit: limit + 1 });
  const page = found.slice(0, limit);
  return {
    object: "list",
    url: `/api/v1/experiments/${id}/items`,
    has_more: found.length > limit,
    data: await maskedItems(ctx, page),
  };
}

/** Ids are no personal data, though some look like it. */
export async function maskedItems(
  ctx: Context,
  items: readonly Omit<ComparedItem, "object">[],
): Promise<ComparedItem[]> {
  const masked = await maskFor(ctx, items);
  return masked.map((item, index) => {
    const own = items[index] ?? item;
    const results = item.results.map((result, at) => withIds(result, own.results[at] ?? result));
    return { ...item, id: own.id, decision_id: own.decision_id, results, object: "experiment_item" as const };
  });
}

type Result = ComparedItem["results"][number];

function withIds(masked: Result, { candidate_id, run_id, scores }: Result): Result {
  const named = masked.scores.map((score, at) => ({
    ...score,
    evaluator_id: scores[at]?.evaluator_id ?? score.evaluator_id,
    run_id: scores[at]?.run_id ?? null,
  }));
  return { ...masked, candidate_id, run_id, scores: named };
}

async function positionOf(ctx: Context, item: string | undefined): Promise<number> {
  if (item === undefined) return -1;
  const [row] = await rowsOf<{ position: number }>(
    ctx.db,
    sql`select position from dataset_items where id = ${item}`,
  );
  return row?.position ?? -1;
}
