import { and, eq } from "drizzle-orm";
import { connectorActions, decisionTypes, queues } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/server/context";
import type { CreateDecisionType } from "../inputs";
import type { Compensation } from "../schema";
import { keyTaken } from "./find";

/** The queue a new type's reviews go to: the one named, or one of its own with the type's key and name. */
export async function queueFor(ctx: Context, input: CreateDecisionType): Promise<string> {
  if (input.queue_id !== undefined) return existingQueue(ctx, input.queue_id);
  const [queue] = await ctx.db
    .insert(queues)
    .values({
      id: newId("queue"),
      orgId: ctx.orgId,
      key: input.key,
      name: input.name,
      leaseSeconds: input.queue.lease_seconds,
      undoSeconds: input.queue.undo_seconds,
    })
    .onConflictDoNothing({ target: [queues.orgId, queues.key] })
    .returning({ id: queues.id });
  return queue?.id ?? keyTaken("a queue", input.key);
}

async function existingQueue(ctx: Context, queueId: string): Promise<string> {
  const [queue] = await ctx.db
    .select({ id: queues.id })
    .from(queues)
    .where(and(eq(queues.id, queueId), eq(queues.orgId, ctx.orgId)));
  if (!queue) throw unknown("/queue_id", `There is no queue ${queueId}.`);
  return queue.id;
}

/** Throws unless the connector action, when there is one, belongs to the organisation. */
export async function requireAction(ctx: Context, actionId: string | null | undefined): Promise<void> {
  if (!actionId) return;
  const [action] = await ctx.db
    .select({ id: connectorActions.id })
    .from(connectorActions)
    .where(and(eq(connectorActions.id, actionId), eq(connectorActions.orgId, ctx.orgId)));
  if (!action) throw unknown("/action_id", `There is no connector action ${actionId}.`);
}

/** Throws unless the type that undoes another's acts is there. */
export async function requireCompensation(
  ctx: Context,
  compensation: Compensation | null | undefined,
): Promise<void> {
  if (!compensation) return;
  const [type] = await ctx.db
    .select({ id: decisionTypes.id })
    .from(decisionTypes)
    .where(and(eq(decisionTypes.key, compensation.type), eq(decisionTypes.orgId, ctx.orgId)));
  if (!type) throw unknown("/compensation/type", `There is no decision type ${compensation.type}.`);
}

function unknown(pointer: string, message: string): DomainError {
  return new DomainError("invalid", message, {
    code: "validation_failed",
    errors: [{ pointer, code: "not_found", message: "is not there", fix: "Name one that is." }],
  });
}
