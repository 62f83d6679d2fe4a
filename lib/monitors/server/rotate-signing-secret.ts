import { eq, sql } from "drizzle-orm";
import { monitors } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { openSigningSecrets, sealSigningSecrets } from "@/lib/notices/server/signing-secrets";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { MonitorMade, RotateSigningSecret } from "../endpoints";
import { lockMonitor } from "./change-monitor";
import { newSigningSecret } from "./monitor-input";
import { readMonitor } from "./read-monitors";

/** Makes another secret for a monitor's webhook, shown once. Throws `not_found`, and `conflict` where there is no webhook. */
export async function rotateSigningSecret(ctx: Context, input: RotateSigningSecret): Promise<MonitorMade> {
  authorize(ctx, "monitors.write");
  return inTransaction(ctx, async (ctx) => {
    const { id, webhookUrl, webhookSecret } = await lockMonitor(ctx, input.monitor);
    if (webhookUrl === null)
      throw new DomainError("conflict", "This monitor has no webhook.", { code: "conflict" });
    const before = input.keep_previous ? openSigningSecrets(id, webhookSecret).slice(0, 1) : [];
    const secret = newSigningSecret();
    await ctx.db
      .update(monitors)
      .set({
        webhookSecret: sealSigningSecrets(id, [secret, ...before]),
        version: sql`${monitors.version} + 1`,
      })
      .where(eq(monitors.id, id));
    await record(ctx, "monitor.secret_rotated", id, { active: 1 + before.length });
    return { ...(await readMonitor(ctx, id)), webhook_secret: secret };
  });
}
