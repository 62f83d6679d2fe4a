import { sql } from "drizzle-orm";
import type { LabelSource, Truth } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { GoldItem, MarkGold } from "../measures";
import type { GoldAnswer } from "../overturned";
import { goldRows } from "./gold-rows";
import { queueToManage } from "./queue-lead";
import { personOf } from "./review-sql";

type Source = {
  id: string;
  status: string;
  measure: boolean;
  compensates_id: string | null;
  truth: Truth | null;
  truth_source: LabelSource | null;
  ruled_here: boolean;
};

/**
 * Marks a past decision as one whose right answer is known, so that copies of it are mixed into a queue. Without an
 * answer given, an auditor's or an outcome's label says it; a reviewer's own verdict never does.
 */
export async function markGold(
  ctx: Context,
  { params, body }: { params: { queue: string }; body: MarkGold },
): Promise<GoldItem> {
  authorize(ctx, "gold.write");
  const queue = await queueToManage(ctx, params.queue);
  const by = personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    const source = await sourceOf(ctx, body.decision_id, queue.id);
    const known = answerOf(source);
    const expected = body.expected ?? known?.expected;
    if (!expected) throw unknown();
    const how = known?.expected === expected ? known.source : "person";
    const id = newId("goldItem");
    const [marked] = await rowsOf<{ id: string }>(
      ctx.db,
      sql`insert into gold_items (id, org_id, queue_id, decision_id, expected, source, note, marked_by)
        values (${id}, ${ctx.orgId}, ${queue.id}, ${source.id}, ${expected}, ${how}, ${body.note ?? null}, ${by})
        on conflict do nothing returning id`,
    );
    if (!marked) throw new DomainError("conflict", "This decision is marked in this queue already");
    await record(ctx, "gold.marked", id, {
      queue: queue.id,
      decision: source.id,
      expected,
      source: how,
      by: actorName(ctx.actor),
    });
    const [item] = await goldRows(ctx, sql`g.id = ${id}`, sql``);
    if (!item) throw new Error(`${id} was written a moment ago`);
    return item;
  });
}

/** What is known of a decision by more than a reviewer's word; null when nothing is. */
export function answerOf(
  of: Pick<Source, "truth" | "truth_source">,
): { expected: GoldAnswer; source: "audit" | "outcome" } | null {
  if (of.truth === null || of.truth_source === null || of.truth_source === "review") return null;
  return { expected: of.truth === "positive" ? "approve" : "decline", source: of.truth_source };
}

async function sourceOf(ctx: Context, decisionId: string, queueId: string): Promise<Source> {
  const [source] = await rowsOf<Source>(
    ctx.db,
    sql`select d.id, d.status, d.measure, d.compensates_id, d.truth, d.truth_source,
        (t.queue_id = ${queueId} or exists (select 1 from reviews r where r.decision_id = d.id and r.queue_id = ${queueId}))
          as ruled_here
      from decisions d join decision_types t on t.id = d.type_id where d.id = ${decisionId} and d.org_id = ${ctx.orgId}`,
  );
  if (!source || source.measure) throw new DomainError("not_found", `There is no decision ${decisionId}`);
  if (source.status === "in_review" || source.status === "awaiting_second") {
    throw refuse("still_open", "It still waits for its own verdict", "Mark it once it is decided.");
  }
  if (source.compensates_id !== null) {
    throw refuse(
      "undoes_another",
      "It undoes another decision and cannot be shown again",
      "Mark another one.",
    );
  }
  if (!source.ruled_here) {
    throw refuse(
      "other_queue",
      "Decisions of its type do not come to this queue",
      "Mark it in its own queue.",
    );
  }
  return source;
}

function unknown(): DomainError {
  return new DomainError(
    "invalid",
    "Nobody has told what is right of this decision. Say it: approve or decline.",
    {
      code: "validation_failed",
      errors: [
        {
          pointer: "/expected",
          code: "required",
          message: "No auditor and no outcome has told what is right: say approve or decline",
          fix: "Send expected: approve or decline.",
        },
      ],
    },
  );
}

function refuse(code: string, message: string, fix: string): DomainError {
  return new DomainError("invalid", `${message}. ${fix}`, {
    code: "validation_failed",
    errors: [{ pointer: "/decision_id", code, message, fix }],
  });
}
