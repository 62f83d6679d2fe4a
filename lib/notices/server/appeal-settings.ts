import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { settings } from "@/db/schema";
import type { Context } from "@/lib/server/context";
import { appealDefaults } from "../appeal-limits";

const key = "notices.appeals";
const Stored = z.object({ sla_hours: z.int().min(1).max(2160).default(appealDefaults.slaHours) });

/** How long an appeal may wait for its answer, hours. */
export async function appealHours(ctx: Context): Promise<number> {
  const [row] = await ctx.db
    .select({ value: settings.value })
    .from(settings)
    .where(and(eq(settings.orgId, ctx.orgId), eq(settings.key, key)));
  const read = Stored.safeParse(row?.value ?? {});
  return read.success ? read.data.sla_hours : appealDefaults.slaHours;
}

/** Stores it; the caller has authorised and records it. */
export async function keepAppealHours(ctx: Context, hours: number): Promise<void> {
  const value = { sla_hours: hours };
  await ctx.db
    .insert(settings)
    .values({ orgId: ctx.orgId, key, value })
    .onConflictDoUpdate({
      target: [settings.orgId, settings.key],
      set: { value, updatedAt: sql`now()` },
    });
}
