import { sql } from "drizzle-orm";
import { canonicalJson } from "@/lib/kernel/canonical";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { DatasetVersionView, ImportItem, NewDatasetVersion } from "../datasets";
import { insertItems, type NewItem } from "./dataset-items";
import { versionById, type StoredSource } from "./dataset-rows";
import { sha256 } from "./split-items";

const rowsAtOnce = 1000;

/**
 * The next version of a dataset. Items of an import are stored at once, decisions are gathered by a worker; either way
 * it is `building` until the worker has given every item its split. Throws `not_found`, `dataset_archived`.
 */
export async function addDatasetVersion(
  ctx: Context,
  { datasetId, source, split, seed }: NewDatasetVersion & { datasetId: string },
): Promise<DatasetVersionView> {
  authorize(ctx, "datasets.write");
  const id = newId("datasetVersion");
  return inTransaction(ctx, async (ctx) => {
    // Two at once would take the same number.
    const [dataset] = await rowsOf<{ next: number; until: string; archived: boolean }>(
      ctx.db,
      sql`select (select coalesce(max(version), 0)::int + 1 from dataset_versions where dataset_id = d.id) as next,
          now()::text as until, d.archived_at is not null as archived
        from datasets d where d.id = ${datasetId} and d.org_id = ${ctx.orgId} for update`,
    );
    if (!dataset) throw new DomainError("not_found", `There is no dataset ${datasetId.slice(0, 64)}`);
    if (dataset.archived)
      throw new DomainError("conflict", "The dataset is archived", { code: "dataset_archived" });
    const { until, next } = dataset;
    const stored: StoredSource = { ...told(source), split, seed, until };
    const items = source.kind === "import" ? source.items.map(itemOf) : [];
    await rowsOf(
      ctx.db,
      sql`insert into dataset_versions (id, org_id, dataset_id, version, source, items, total, created_by)
        values (${id}, ${ctx.orgId}, ${datasetId}, ${next}, ${JSON.stringify(stored)}::jsonb, ${items.length},
          ${source.kind === "import" ? items.length : null}, ${actorName(ctx.actor)})`,
    );
    for (let from = 0; from < items.length; from += rowsAtOnce) {
      await insertItems(ctx, id, from, items.slice(from, from + rowsAtOnce));
    }
    await emit(ctx, { type: "dataset.changed", subject: datasetId });
    await record(ctx, "dataset.version_asked", id, {
      dataset: datasetId,
      version: next,
      kind: source.kind,
      seed,
    });
    return versionById(ctx, id);
  });
}

function told(source: NewDatasetVersion["source"]): Pick<StoredSource, "kind" | "filter" | "ids"> {
  if (source.kind === "filter") return { kind: "filter", filter: source.filter };
  if (source.kind === "decisions") return { kind: "decisions", ids: [...new Set(source.ids)] };
  return { kind: "import" };
}

// Nobody said whose case it is: the input itself is, so that the same one twice stays together.
function itemOf({ input, truth, expected, subject, recorded }: ImportItem): NewItem {
  return {
    decisionId: null,
    subject:
      subject === undefined ? `input:${sha256(canonicalJson(input)).slice(0, 32)}` : `import:${subject}`,
    input,
    truth: truth ?? "positive",
    expected: expected ?? null,
    recorded: recorded ?? null,
    weight: 1,
  };
}
