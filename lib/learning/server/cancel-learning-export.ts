import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { keptDays, type LearningExportRef, type LearningExportView } from "../exports";
import { learningExportView } from "./learning-export-rows";
import { requirePerson } from "./training-rows";

/** Stops an export and throws away what was written; again changes nothing. Throws `conflict` once it is finished. */
export async function cancelLearningExport(
  ctx: Context,
  { id }: LearningExportRef,
): Promise<LearningExportView> {
  authorize(ctx, "learning.export");
  requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [stopped] = await rowsOf(
      ctx.db,
      sql`update learning_exports set status = 'cancelled', finished_at = now(), lease_until = null, size = 0,
          expires_at = now() + make_interval(days => ${keptDays})
        where id = ${id} and org_id = ${ctx.orgId} and status in ('pending', 'running') returning id`,
    );
    if (!stopped) {
      const view = await learningExportView(ctx, id);
      if (view.status === "cancelled") return view;
      throw new DomainError("conflict", `This export is ${view.status} already`);
    }
    await rowsOf(ctx.db, sql`delete from learning_export_parts where export_id = ${id}`);
    await emit(ctx, { type: "learning_export.changed", subject: id, data: { status: "cancelled" } });
    await record(ctx, "learning_export.cancelled", id);
    return learningExportView(ctx, id);
  });
}
