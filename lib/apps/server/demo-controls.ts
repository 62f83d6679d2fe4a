import { and, eq, sql } from "drizzle-orm";
import { settings } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize, may } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { livemode } from "@/lib/server/origin";
import { DemoControls, defaultDemoControls } from "../demo";

const key = "demo";

/** The pace of the demo's stream, read by its two apps and shown on the overview. */
export async function getDemoControls(ctx: Context): Promise<DemoControls> {
  // The demo's own apps read it with their keys; everybody signed in may see it.
  if (!may(ctx.actor, "decisions.read")) authorize(ctx, "demo.control");
  const [row] = await ctx.db
    .select({ value: settings.value })
    .from(settings)
    .where(and(eq(settings.orgId, ctx.orgId), eq(settings.key, key)));
  return row ? DemoControls.parse(row.value) : defaultDemoControls;
}

/** Pauses the stream or changes its pace. Throws `not_found` where there is no demo. */
export async function setDemoControls(ctx: Context, input: { body: DemoControls }): Promise<DemoControls> {
  authorize(ctx, "demo.control");
  if (!demoIsOn()) throw new DomainError("not_found", "This installation holds no demo");
  return inTransaction(ctx, async (ctx) => {
    await ctx.db
      .insert(settings)
      .values({ orgId: ctx.orgId, key, value: input.body })
      .onConflictDoUpdate({
        target: [settings.orgId, settings.key],
        set: { value: input.body, updatedAt: sql`now()` },
      });
    await emit(ctx, { type: "demo.changed", subject: ctx.orgId, data: input.body });
    await record(ctx, "demo.changed", ctx.orgId, input.body);
    return input.body;
  });
}

/** True where the demo runs: embedded, and not switched off by COUNTERSIGN_DEMO. */
export function demoIsOn(): boolean {
  return !livemode() && !/^(off|false|0|no)$/i.test(process.env.COUNTERSIGN_DEMO ?? "");
}
