import { sql } from "drizzle-orm";
import type { Truth } from "@/lib/decisions/schema";
import { canonicalJson } from "@/lib/kernel/canonical";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { recordset } from "@/lib/server/recordset";
import { rowsOf } from "@/lib/server/rows";
import { sha256, textHashOf } from "./split-items";

/** An item on its way into a version. */
export type NewItem = {
  decisionId: string | null;
  subject: string;
  input: JsonObject;
  truth: Truth;
  expected: JsonObject | null;
  recorded: JsonObject | null;
  weight: number;
};

/** Writes items after the `from` that a version has; a split is given once all are there. */
export async function insertItems(
  ctx: Context,
  versionId: string,
  from: number,
  items: readonly NewItem[],
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ decisionId, ...item }, index) => ({
    ...item,
    id: newId("datasetItem"),
    position: from + index,
    decision_id: decisionId,
    text_hash: textHashOf(item.input),
    sha256: sha256(canonicalJson({ ...item, decision: decisionId })),
  }));
  await rowsOf(
    ctx.db,
    sql`insert into dataset_items (id, version_id, position, split, decision_id, subject, input, truth, expected, recorded,
        weight, text_hash, sha256)
      select id, ${versionId}, position, 'train', decision_id, subject, input, truth, expected, recorded, weight,
        text_hash, sha256
      from ${recordset(columns, rows)} as r`,
  );
}

const columns = {
  id: "text",
  position: "int",
  decision_id: "text",
  subject: "text",
  input: "jsonb",
  truth: "text",
  expected: "jsonb",
  recorded: "jsonb",
  weight: "float8",
  text_hash: "text",
  sha256: "text",
} as const;
