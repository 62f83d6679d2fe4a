import { and, eq, sql } from "drizzle-orm";
import { queues } from "@/db/schema";
import { missing, requireVersion } from "@/lib/apps/server/find";
import { archivedAt } from "@/lib/apps/server/update-app";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { QueueView, UpdateQueue } from "../queues";
import { escalationTarget, queueColumns, requireRule } from "./queue-parts";
import { readQueues } from "./read-queues";
import { scoreReviews } from "./score-reviews";

/**
 * Changes a queue; what is absent stays, and what already waits keeps its due time. The caller names the version it
 * read. Throws `stale_version`, `invalid_rule`, and `queue_in_use` for archiving one that something still needs.
 */
export async function updateQueue(ctx: Context, input: UpdateQueue): Promise<QueueView> {
  authorize(ctx, "queues.write");
  requireRule(input.rule);
  return inTransaction(ctx, async (ctx) => {
    const before = await lockQueue(ctx, input.queue);
    requireVersion("queue", input.version, before.version);
    const { queue: _, version: __, escalate_to, archived, ...fields } = input;
    if (archived) await requireUnused(ctx, before);
    const escalateToId = await escalationTarget(ctx, escalate_to, before.id);
    await ctx.db
      .update(queues)
      .set({
        ...queueColumns({ ...fields, escalateToId }),
        archivedAt: archivedAt(archived, before.archivedAt),
        version: before.version + 1,
      })
      .where(eq(queues.id, before.id));
    if (fields.order === "expected_loss") await scoreReviews(ctx, before.id);
    const [view] = await readQueues(ctx, sql`q.id = ${before.id}`, 1);
    const changed = Object.keys(input).filter((field) => field !== "queue" && field !== "version");
    const isRule = fields.rule !== undefined && fields.rule !== before.rule;
    await emit(ctx, {
      type: "queue.changed",
      subject: before.id,
      data: { by: actorName(ctx.actor), changed },
    });
    await record(ctx, isRule ? "queue.rule_changed" : "queue.changed", before.id, {
      version: before.version + 1,
      changed,
      ...(isRule ? { rule: fields.rule, before: before.rule } : {}),
    });
    return view ?? missing("queue", before.id);
  });
}

type Stored = typeof queues.$inferSelect;

async function lockQueue(ctx: Context, idOrKey: string): Promise<Stored> {
  const [queue] = await ctx.db
    .select()
    .from(queues)
    .where(and(eq(queues.orgId, ctx.orgId), sql`${idOrKey} in (${queues.key}, ${queues.id})`))
    .for("update");
  return queue ?? missing("queue", idOrKey);
}

async function requireUnused(ctx: Context, { id, name }: Stored): Promise<void> {
  const [uses] = await rowsOf<{ open: number; types: string | null; escalating: string | null }>(
    ctx.db,
    sql`select (select count(*)::int from reviews r where r.queue_id = ${id} and r.status in ('open', 'claimed', 'snoozed')) as open,
      (select string_agg(name, ', ' order by name) from decision_types where queue_id = ${id} and archived_at is null) as types,
      (select string_agg(name, ', ' order by name) from queues
        where escalate_to_id = ${id} and archived_at is null) as escalating`,
  );
  const reasons = [
    uses?.open ? `${uses.open} open ${uses.open === 1 ? "review" : "reviews"}` : null,
    uses?.types ? `the decision types ${uses.types}` : null,
    uses?.escalating ? `the queues ${uses.escalating}, which escalate to it` : null,
  ].filter((reason) => reason !== null);
  if (reasons.length === 0) return;
  throw new DomainError("conflict", `The queue ${name} is still used by ${reasons.join(", and ")}`, {
    code: "queue_in_use",
    errors: [
      { pointer: "/archived", code: "queue_in_use", message: `is still used by ${reasons.join(", and ")}` },
    ],
  });
}
