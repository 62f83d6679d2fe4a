import { sql } from "drizzle-orm";
import type { Truth } from "@/lib/decisions/schema";
import { recordOutcomeLabels } from "@/lib/decisions/server/record-labels";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { type DecisionRef, refWords } from "../decision-ref";
import type { OutcomeItem } from "../schema";
import { findDecisions, type Found } from "./find-decisions";

/** What became of one item: the outcome that now stands (`replayed` when it stood already), or why it was refused. */
export type Recorded =
  | { kind: "recorded"; id: string; decisionId: string; truth: Truth; replayed: boolean }
  | { kind: "refused"; error: DomainError };

/**
 * Records what was right, however late, for many decisions in one transaction: outcomes, labels, events and one journal
 * entry. Each item is answered in order and a refused one keeps no other out. Of a decision's outcomes the one that the world
 * showed last stands, by when it occurred or else was told; an earlier one is kept as history. Repeating one that is known
 * writes nothing. An app's key reaches its own app's decisions only.
 */
export async function recordOutcomes(ctx: Context, items: readonly OutcomeItem[]): Promise<Recorded[]> {
  authorize(ctx, "decisions.outcome");
  return inTransaction(ctx, async (ctx) => {
    const found = await findDecisions(ctx, items);
    const told = await lockAndRead(ctx, [...new Set([...found.values()].flat().map(({ id }) => id))]);
    const fresh: Outcome[] = [];
    const answers = items.map((item, index): Recorded => {
      const candidates = found.get(index) ?? [];
      const [decision, other] = candidates;
      if (!decision) return { kind: "refused", error: notFound(item) };
      if (other) return { kind: "refused", error: ambiguous(item, candidates) };
      const next = outcomeOf(item, decision, ctx.now);
      const before = told.get(decision.id) ?? [];
      const same = knownAs(next, before);
      if (same) return recorded(same, "replayed");
      told.set(decision.id, inOrder([...before, next]));
      fresh.push(next);
      return recorded(next, "new");
    });
    await write(ctx, fresh, told);
    return answers;
  });
}

type Outcome = {
  id: string;
  decisionId: string;
  truth: Truth;
  detail: string | null;
  occurredAt: number | null;
  /** When the world showed it, or else it was told; milliseconds since 1970, never after it was told. */
  shownAt: number;
};

/** The order in which outcomes (alias `o`) stand over one another, the one that stands first. */
export const standsFirst = sql`least(coalesce(o.occurred_at, o.created_at), o.created_at) desc, o.created_at desc, o.id desc`;

/** Told later comes later where the world showed both at once. */
function inOrder(told: readonly Outcome[]): Outcome[] {
  return told.toSorted((a, b) => a.shownAt - b.shownAt);
}

/** One that is repeated: of those that say when it occurred any that is known, else the one that stands. */
function knownAs(next: Outcome, before: readonly Outcome[]): Outcome | undefined {
  const possible = next.occurredAt === null ? before.slice(-1) : before;
  return possible.find((one) => sameOutcome(one, next));
}

// Locked in the order of their ids, so that two batches never wait for each other in a ring.
async function lockAndRead(ctx: Context, ids: readonly string[]): Promise<Map<string, Outcome[]>> {
  if (ids.length === 0) return new Map();
  const list = sql`select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)`;
  await rowsOf(ctx.db, sql`select id from decisions where id in (${list}) order by id for no key update`);
  const rows = await rowsOf<Outcome>(
    ctx.db,
    sql`select o.id, o.decision_id as "decisionId", o.truth, o.detail, (extract(epoch from o.occurred_at) * 1000)::float8 as "occurredAt",
        (extract(epoch from least(coalesce(o.occurred_at, o.created_at), o.created_at)) * 1000)::float8 as "shownAt"
      from (${list}) as d(id) cross join lateral (
        select * from outcomes o where o.decision_id = d.id order by ${standsFirst} limit ${mostKnown}) o`,
  );
  const told = Map.groupBy(rows, ({ decisionId }) => decisionId);
  return new Map([...told].map(([id, own]) => [id, own.toReversed()]));
}

/** Outcomes of one decision that are looked at for one that is repeated. */
const mostKnown = 100;

function outcomeOf(item: OutcomeItem, { id, predicted }: Found, now: Date): Outcome {
  const occurredAt = item.occurred_at === undefined ? null : Date.parse(item.occurred_at);
  const opposite: Truth = predicted === "positive" ? "negative" : "positive";
  return {
    id: newId("outcome"),
    decisionId: id,
    truth: item.truth ?? (item.correct === true ? predicted : opposite),
    detail: item.detail ?? null,
    occurredAt,
    // What says nothing of when is what is known now, whatever clock wrote the one before.
    shownAt: occurredAt === null ? Number.MAX_SAFE_INTEGER : Math.min(occurredAt, now.getTime()),
  };
}

function sameOutcome(a: Outcome, b: Outcome): boolean {
  return a.truth === b.truth && a.detail === b.detail && a.occurredAt === b.occurredAt;
}

async function write(
  ctx: Context,
  fresh: readonly Outcome[],
  told: ReadonlyMap<string, readonly Outcome[]>,
): Promise<void> {
  if (fresh.length === 0) return;
  const rows = fresh.map(({ id, decisionId, truth, detail, occurredAt }) => ({
    id,
    decision_id: decisionId,
    truth,
    detail,
    occurred_at: occurredAt === null ? null : new Date(occurredAt).toISOString(),
  }));
  await rowsOf(
    ctx.db,
    sql`insert into outcomes (id, org_id, decision_id, truth, source, detail, occurred_at, actor)
      select id, ${ctx.orgId}, decision_id, truth, 'system_of_record', detail, occurred_at, ${actorName(ctx.actor)}
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as o(id text, decision_id text, truth text, detail text, occurred_at timestamptz)`,
  );
  const changed = [...new Set(fresh.map(({ decisionId }) => decisionId))];
  await recordOutcomeLabels(
    ctx,
    changed.flatMap((decisionId) => told.get(decisionId)?.at(-1) ?? []),
  );
  await rowsOf(
    ctx.db,
    sql`insert into events (org_id, type, decision_id, subject, data)
      select ${ctx.orgId}, 'decision.outcome_recorded', decision_id, id, json_build_object('truth', truth)
      from json_to_recordset(${JSON.stringify(rows)}::json) as e(id text, decision_id text, truth text)`,
  );
  await record(ctx, "outcomes.recorded", fresh[0]?.id ?? "", {
    items: fresh.map(({ id, decisionId, truth }) => ({ id, decision: decisionId, truth })),
  });
}

function recorded({ id, decisionId, truth }: Outcome, how: "new" | "replayed"): Recorded {
  return { kind: "recorded", id, decisionId, truth, replayed: how === "replayed" };
}

function notFound(item: OutcomeItem): DomainError {
  return new DomainError("not_found", `There is no decision ${refWords(item)}`);
}

/** Several decisions could be meant: none is taken, and what would say which. */
export function ambiguous(ref: DecisionRef, found: readonly Pick<Found, "id">[]): DomainError {
  const bySubject = ref.subject !== undefined;
  const message = bySubject
    ? `Several decisions are ${refWords(ref)}: ${found.map(({ id }) => id).join(", ")}`
    : `Several apps have a decision ${refWords(ref)}`;
  const fix = bySubject
    ? "Narrow the window, name the app, or send decision_id."
    : "Name the app, or send decision_id.";
  return new DomainError("invalid", message, {
    code: "validation_failed",
    errors: [
      { pointer: bySubject ? "/subject" : "/app", code: bySubject ? "ambiguous" : "required", message, fix },
    ],
  });
}
