import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ExportView } from "../contract";
import { ownExport, requirePerson } from "./own-exports";

/** Stops one of the caller's own exports and throws away what was written. Again changes nothing. Throws `export_finished`. */
export async function cancelExport(ctx: Context, { id }: { id: string }): Promise<ExportView> {
  authorize(ctx, "exports.make");
  requirePerson(ctx);
  await ownExport(ctx, id);
  return inTransaction(ctx, async (ctx) => {
    const [stopped] = await rowsOf<{ rows: number }>(
      ctx.db,
      sql`update exports set status = 'cancelled', finished_at = now(), lease_until = null, size = 0
        where id = ${id} and org_id = ${ctx.orgId} and status in ('pending', 'running') returning rows`,
    );
    const view = await ownExport(ctx, id);
    if (!stopped && view.status !== "cancelled") {
      throw new DomainError("conflict", `This export is ${view.status} already`, { code: "export_finished" });
    }
    if (!stopped) return view;
    await rowsOf(ctx.db, sql`delete from export_parts where export_id = ${id}`);
    await emit(ctx, { type: "export.finished", subject: id, data: { status: "cancelled" } });
    await record(ctx, "export.cancelled", id, { rows: stopped.rows });
    return view;
  });
}
