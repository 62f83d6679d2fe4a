import type { AuditSummary } from "@/lib/audits/schema";
import { listAudits } from "@/lib/audits/server/list-audits";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Rows, Slice, Source } from "./source";

export const auditSource: Source<"audits", AuditSummary> = {
  columns: [
    ["id", (row) => row.id],
    ["status", (row) => row.status],
    ["app", (row) => row.app.key],
    ["type", (row) => row.type.key],
    ["subject_type", (row) => row.subject?.type],
    ["subject_id", (row) => row.subject?.id],
    ["summary", (row) => row.summary],
    ["amount_minor", (row) => row.amount?.amount],
    ["currency", (row) => row.amount?.currency],
    ["submitted_at", (row) => row.submitted_at],
    ["opened_at", (row) => row.opened_at],
    ["due_at", (row) => row.due_at],
    ["overdue", (row) => row.overdue],
    ["held_by", (row) => row.held_by?.name],
    ["answered", (row) => row.answered],
    ["broke_glass", (row) => row.broke_glass],
    ["judgement", (row) => row.judgement],
    ["judged_by", (row) => row.judged_by?.name],
    ["judged_at", (row) => row.judged_at],
  ],
  // The worklist's own verb says who may see what; it counts nothing.
  count: () => Promise.resolve(null),
  read: readAudits,
};

/** Rows of the worklist's own summary: it is built of blind columns only. */
async function readAudits(
  ctx: Context,
  { filter, after, until, limit }: Slice<"audits">,
): Promise<Rows<AuditSummary>> {
  authorize(ctx, "audits.read");
  const { data, has_more } = await listAudits(ctx, { ...filter, limit, starting_after: after ?? undefined });
  const rows = data.filter(({ opened_at }) => Date.parse(opened_at) <= Date.parse(until));
  return { rows, next: has_more ? (data.at(-1)?.id ?? null) : null };
}
