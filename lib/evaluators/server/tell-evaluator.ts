import type { Context } from "@/lib/server/context";
import { actorName } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";

type Change = { did: string; data?: Record<string, unknown> };

/** Writes down what was changed of an evaluator and tells open screens; last in its transaction. */
export async function tellEvaluator(ctx: Context, id: string, { did, data = {} }: Change): Promise<void> {
  const by = actorName(ctx.actor);
  await emit(ctx, { type: "evaluator.changed", subject: id, data: { did, by, ...data } });
  await record(ctx, `evaluator.${did}`, id, data);
}
