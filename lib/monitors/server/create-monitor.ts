import { monitors } from "@/db/schema";
import { newId } from "@/lib/kernel/ids";
import { sealSigningSecrets } from "@/lib/notices/server/signing-secrets";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { MonitorDraft, MonitorMade } from "../endpoints";
import { columnsOf, newSigningSecret } from "./monitor-input";
import { readMonitor } from "./read-monitors";

/** Watches a figure from now on. The secret of its webhook is in the answer, once. Throws `not_found`, `invalid`. */
export async function createMonitor(ctx: Context, draft: MonitorDraft): Promise<MonitorMade> {
  authorize(ctx, "monitors.write");
  return inTransaction(ctx, async (ctx) => {
    const columns = await columnsOf(ctx, draft);
    const id = newId("monitor");
    const secret = columns.webhookUrl === null ? null : newSigningSecret();
    await ctx.db.insert(monitors).values({
      ...columns,
      id,
      orgId: ctx.orgId,
      webhookSecret: secret === null ? null : sealSigningSecrets(id, [secret]),
      createdBy: actorName(ctx.actor),
    });
    const { metric, alert_at, window_minutes } = draft;
    await emit(ctx, { type: "monitor.changed", subject: id, data: { did: "created", metric } });
    await record(ctx, "monitor.created", id, { metric, alert_at, window_minutes });
    return { ...(await readMonitor(ctx, id)), webhook_secret: secret };
  });
}
