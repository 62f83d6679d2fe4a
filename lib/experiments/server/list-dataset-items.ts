import { sql } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { maskFor } from "@/lib/policies/server/mask-for";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { DatasetItemView } from "../datasets";
import type { ItemQuery } from "../dataset-endpoints";
import { versionById } from "./dataset-rows";

/**
 * Items of a version in their order, by keyset on the item's id; personal data is masked for whoever may not read it.
 * Throws `not_found`.
 */
export async function listDatasetItems(
  ctx: Context,
  { version, split, limit, starting_after: after }: ItemQuery & { version: string },
): Promise<List<DatasetItemView>> {
  authorize(ctx, "datasets.read");
  const { id, status } = await versionById(ctx, version);
  const beyond =
    after === undefined
      ? sql`true`
      : sql`i.position > (select position from dataset_items where id = ${after})`;
  const found = await rowsOf<Omit<DatasetItemView, "object">>(
    ctx.db,
    sql`select i.id, i.position, i.split, i.decision_id, i.subject, i.input, i.truth, i.expected, i.recorded, i.weight
      from dataset_items i where i.version_id = ${id} and ${status === "ready" ? sql`true` : sql`false`}
        and ${split === undefined ? sql`true` : sql`i.split = ${split}`} and ${beyond}
      order by i.position limit ${limit + 1}`,
  );
  const page = found.slice(0, limit);
  return {
    object: "list",
    url: `/api/v1/dataset_versions/${id}/items`,
    has_more: found.length > limit,
    data: (await maskFor(ctx, page)).map((row, index) => ({
      ...row,
      id: page[index]?.id ?? row.id,
      decision_id: page[index]?.decision_id ?? null,
      object: "dataset_item" as const,
    })),
  };
}
