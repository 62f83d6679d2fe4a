import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { FineTuneView, ResolveFineTune } from "../fine-tunes";
import { fineTuneView, tellTuning } from "./fine-tune-rows";
import { requirePerson } from "./training-rows";

/** A person's word on whether the provider started a job: it is followed then, or started now. Throws `conflict`. */
export async function resolveFineTune(ctx: Context, { id, job }: ResolveFineTune): Promise<FineTuneView> {
  authorize(ctx, "learning.train");
  requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [resolved] = await rowsOf(
      ctx.db,
      sql`update fine_tunes set remote_job_id = ${job}, status = ${job === null ? "uploading" : "running"},
          remote_status = null, error = null, next_look_at = now(), lease_until = null
        where id = ${id} and org_id = ${ctx.orgId} and status = 'unknown' returning id`,
    );
    const view = await fineTuneView(ctx, id);
    if (!resolved) throw new DomainError("conflict", `This job is ${view.status}: nothing is open about it.`);
    await tellTuning(ctx, id, "resolved", { job });
    return view;
  });
}
