import { createHmac } from "node:crypto";
import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { leastPseudonyms, type QueueReviewers } from "../measures";
import { queueToManage } from "./queue-lead";
import { answeredMeasures, judgedOf, pairsOf, ruledBy, type MeasureRow } from "./read-measured";
import { noneRuled, reviewerFigures, type Ruled } from "./reviewer-figures";

/**
 * How the rulings of a queue's reviewers held up, in the order of their names: a lead sees names, an admin who does not
 * lead the queue sees pseudonyms, and those only where they hide somebody. Throws `forbidden` for everybody else.
 */
export async function listQueueReviewers(
  ctx: Context,
  { params, query }: { params: { queue: string }; query: { days: number } },
): Promise<QueueReviewers> {
  authorize(ctx, "reviewers.read");
  const { leads, ...queue } = await queueToManage(ctx, params.queue);
  const { days } = query;
  const rows = await answeredMeasures(
    ctx,
    sql`m.queue_id = ${queue.id} and m.answered_at > now() - make_interval(days => ${days}::int)`,
  );
  const ruled = await ruledBy(ctx, sql`r.queue_id = ${queue.id}`, days);
  const from = new Date(ctx.now.getTime() - days * 86_400_000).toISOString();
  const people = peopleOf(rows, ruled);
  const withheld = leads || people.length >= leastPseudonyms ? null : tooFew;
  const names = leads ? await namesOf(ctx, people) : pseudonyms(queue.id, people);
  const reviewers = withheld
    ? []
    : people.map((who) => ({
        id: leads ? who.slice("user:".length) : (names.get(who) ?? ""),
        name: names.get(who) ?? "Somebody",
        figures: reviewerFigures(from, of(who, rows, ruled)),
      }));
  return {
    object: "queue_reviewers",
    queue,
    named: leads,
    all: reviewerFigures(from, {
      judged: judgedOf(rows),
      pairs: pairsOf(rows),
      ruled: ruled.get("") ?? noneRuled,
    }),
    // By name, so that nobody reads a ranking into it.
    reviewers: reviewers.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    withheld,
  };
}

const tooFew = `Fewer than ${leastPseudonyms} people ruled here: a pseudonym would hide nobody.`;

function of(who: string, rows: readonly MeasureRow[], ruled: Map<string, Ruled>) {
  return {
    judged: judgedOf(rows.filter(({ reviewer }) => reviewer === who)),
    pairs: pairsOf(rows.filter((row) => row.reviewer === who || row.first_reviewer === who)),
    ruled: ruled.get(who) ?? noneRuled,
  };
}

function peopleOf(rows: readonly MeasureRow[], ruled: Map<string, Ruled>): string[] {
  const all = new Set([...ruled.keys(), ...rows.map(({ reviewer }) => reviewer)]);
  return [...all].filter((who) => who.startsWith("user:"));
}

export async function namesOf(ctx: Context, people: readonly string[]): Promise<Map<string, string>> {
  const rows = await rowsOf<{ who: string; name: string }>(
    ctx.db,
    sql`select 'user:' || u.id as who, u.name from users u where u.org_id = ${ctx.orgId}
      and 'user:' || u.id = any(${sql.param([...people])}::text[])`,
  );
  return new Map(rows.map(({ who, name }) => [who, name]));
}

// Keyed, so that knowing a person's id does not give the pseudonym away; of one queue, so that two cannot be laid together.
export function pseudonyms(queueId: string, people: readonly string[]): Map<string, string> {
  const secret = process.env.COUNTERSIGN_AUDIT_SECRET ?? "";
  const nameOf = (who: string) =>
    `Reviewer ${createHmac("sha256", secret).update(`pseudonym:${queueId}:${who}`).digest("hex").slice(0, 6)}`;
  return new Map(people.map((who) => [who, nameOf(who)]));
}
