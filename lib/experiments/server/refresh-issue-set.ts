import { sql } from "drizzle-orm";
import { getIssue } from "@/lib/discrepancies/server/read-issues";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { DatasetVersionView } from "../datasets";
import { addDatasetVersion } from "./add-dataset-version";
import { createDataset } from "./create-dataset";

/**
 * The regression set of an issue, made the first time, with a version of all decisions attached now. Throws `not_found`,
 * `conflict` while nothing is attached.
 */
export async function refreshIssueSet(
  ctx: Context,
  { issue: id }: { issue: string },
): Promise<DatasetVersionView> {
  authorize(ctx, "issues.write");
  return inTransaction(ctx, async (ctx) => {
    // Two at once would make two sets.
    await rowsOf(ctx.db, sql`select id from issues where id = ${id} and org_id = ${ctx.orgId} for update`);
    const issue = await getIssue(ctx, { id });
    const attached = await rowsOf<{ decision_id: string }>(
      ctx.db,
      sql`select decision_id from discrepancies where issue_id = ${id} and org_id = ${ctx.orgId} and status = 'confirmed'
        order by id desc limit 10000`,
    );
    if (attached.length === 0) {
      throw new DomainError(
        "conflict",
        "Nothing is attached to this issue: there is nothing to make a set of.",
      );
    }
    const datasetId = issue.dataset_id ?? (await makeSet(ctx, issue));
    return addDatasetVersion(ctx, {
      datasetId,
      source: { kind: "decisions", ids: attached.map(({ decision_id }) => decision_id) },
      split: { train: 0, validation: 0, test: 1 },
      seed: "1",
    });
  });
}

type Issue = Awaited<ReturnType<typeof getIssue>>;

async function makeSet(ctx: Context, { id, app, type, title }: Issue): Promise<string> {
  const made = await createDataset(ctx, {
    app: app.id,
    type: type.id,
    key: `issue-${id.slice(4)}`,
    name: `Issue: ${title}`.slice(0, 100),
    purpose: "regression",
  });
  await rowsOf(
    ctx.db,
    sql`update issues set dataset_id = ${made.id} where id = ${id} and org_id = ${ctx.orgId}`,
  );
  await emit(ctx, { type: "issue.changed", subject: id, data: { step: "set" } });
  await record(ctx, "issue.set_made", id, { dataset: made.id });
  return made.id;
}
