import { eq } from "drizzle-orm";
import { orgs } from "@/db/schema";
import { capabilities } from "@/lib/identity/matrix";
import { DomainError } from "@/lib/kernel/errors";
import { may } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { livemode } from "@/lib/server/origin";

/** Who is acting, in which organisation, and everything they may do. */
export async function describeCaller(ctx: Context) {
  const { actor } = ctx;
  if (actor.kind === "system") throw new DomainError("forbidden", "The system does not call itself.");
  return {
    actor,
    capabilities: capabilities.filter((capability) => may(actor, capability)),
    org: await getOrg(ctx),
    livemode: livemode(),
  };
}

/** The organisation of this context. */
export async function getOrg(ctx: Context): Promise<{ id: string; name: string }> {
  const [org] = await ctx.db
    .select({ id: orgs.id, name: orgs.name })
    .from(orgs)
    .where(eq(orgs.id, ctx.orgId));
  if (!org) throw new DomainError("not_found", "The organisation is gone.");
  return org;
}
