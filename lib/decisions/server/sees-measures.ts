import type { Context } from "@/lib/server/context";

/**
 * True for a reviewer alone: a measure stands in their lists as any decision does, or its absence would give it away.
 * Apps never submitted it and admins never decide by it: their lists are without it.
 */
export function seesMeasures(ctx: Pick<Context, "actor">): boolean {
  return ctx.actor.kind === "user" && ctx.actor.role === "reviewer";
}
