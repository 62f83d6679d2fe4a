import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { FineTuneRef, FineTuneView } from "../fine-tunes";
import { fineTuneView, tellTuning } from "./fine-tune-rows";
import { requirePerson } from "./training-rows";

/** Asks for a job to be cancelled; the worker tells the provider. Again changes nothing. Throws `conflict` once it is over. */
export async function cancelFineTune(ctx: Context, { id }: FineTuneRef): Promise<FineTuneView> {
  authorize(ctx, "learning.train");
  requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [asked] = await rowsOf(
      ctx.db,
      sql`update fine_tunes set cancel_asked_at = now(), next_look_at = now()
        where id = ${id} and org_id = ${ctx.orgId} and status in ('pending', 'uploading', 'running')
          and cancel_asked_at is null returning id`,
    );
    const view = await fineTuneView(ctx, id);
    if (asked) await tellTuning(ctx, id, "cancel_asked");
    else if (!view.cancel_asked) throw new DomainError("conflict", `This job is ${view.status}.`);
    return view;
  });
}
