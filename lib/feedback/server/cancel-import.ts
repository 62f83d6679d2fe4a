import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ImportView } from "../import-contract";
import { importView, tallySql } from "./import-rows-sql";

/** Stops an import; what it has recorded stays. Stopping again changes nothing. Throws `not_found`, `import_finished`. */
export async function cancelImport(
  ctx: Context,
  { params }: { params: { id: string } },
): Promise<ImportView> {
  authorize(ctx, "feedback.import");
  const { id } = await importView(ctx, params.id);
  return inTransaction(ctx, async (ctx) => {
    const stopped = await rowsOf(
      ctx.db,
      sql`update feedback_imports i set status = 'cancelled', finished_at = now(), lease_until = null, tally = ${tallySql}
        where i.id = ${id} and i.org_id = ${ctx.orgId} and i.status in ('receiving', 'pending', 'running', 'waiting') returning id`,
    );
    const view = await importView(ctx, id);
    if (stopped.length === 0) {
      if (view.status === "cancelled") return view;
      throw new DomainError("conflict", `This import is ${view.status} already`, { code: "import_finished" });
    }
    const data = { kind: view.kind, status: "cancelled", recorded: view.counts.recorded };
    await emit(ctx, { type: "feedback_import.finished", subject: id, data });
    await record(ctx, "feedback_import.cancelled", id, data);
    return view;
  });
}
