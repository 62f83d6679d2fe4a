import { sql } from "drizzle-orm";
import type { Truth } from "@/lib/decisions/schema";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit, type NewEvent } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { pairsOf, stepOf, type Sides, type Standing, type Step } from "../sides";
import type { DiscrepancyStatus } from "../vocabulary";
import { readSides, type SidesOf } from "./read-sides";
import { holdMark, keepMark, lookBack } from "./watermark";

/** What is told when a side speaks. */
const told = [
  "review.resolved",
  "decision.approved",
  "decision.declined",
  "audit.completed",
  "feedback.created",
  "decision.outcome_recorded",
  "appeal.upheld",
  "appeal.overturned",
];
const mostEvents = 500;
const mostIds = 100_000;

/**
 * A timer: looks at every decision that a side spoke of since it last looked, and opens, updates, reopens or dismisses
 * its one record. What it writes follows from what the sides say now, so looking twice changes nothing. Many workers
 * may run it; one does. Answers 1 while there may be more to read.
 */
export async function openDiscrepancies(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const mark = await holdMark(ctx);
    if (!mark) return 0;
    const [{ newest } = { newest: 0 }] = await rowsOf<{ newest: number | string }>(
      ctx.db,
      sql`select coalesce(max(id), 0) as newest from events`,
    );
    const end = Math.min(Number(newest), mark.upTo + mostIds);
    const heard = await rowsOf<{ id: number | string; decision_id: string }>(
      ctx.db,
      sql`select id, decision_id from events where org_id = ${ctx.orgId} and id > ${Math.max(0, mark.upTo - lookBack)}
          and id <= ${end} and type in ${told} and decision_id is not null
          and id <> all(${sql.param(mark.done.map(String))}::bigint[])
        order by id limit ${mostEvents}`,
    );
    if (heard.length === 0 && end === mark.upTo) return 0;
    await settleSides(ctx, [...new Set(heard.map(({ decision_id }) => decision_id))]);
    const ids = heard.map(({ id }) => Number(id));
    const isFull = heard.length === mostEvents;
    const upTo = isFull ? Math.max(mark.upTo, ids.at(-1) ?? 0) : end;
    await keepMark(ctx, { upTo, done: [...mark.done, ...ids].filter((id) => id > upTo - lookBack) });
    return isFull || upTo < Number(newest) ? 1 : 0;
  });
}

type Stored = {
  id: string;
  decision_id: string;
  status: DiscrepancyStatus;
  sides: Sides;
  truth: Truth | null;
  by_system: boolean;
};

/** Makes each decision's record what its sides make of it, in the caller's transaction. */
async function settleSides(ctx: Context, decisionIds: readonly string[]): Promise<void> {
  const [read, stored] = [await readSides(ctx, decisionIds), await holdStored(ctx, decisionIds)];
  const steps = read.map((now) => {
    const own = stored.get(now.decisionId);
    return { now, own, step: stepOf(own && standingOf(own), now.sides) };
  });
  await open(
    ctx,
    steps.filter(({ step }) => step.kind === "open").map(({ now }) => now),
  );
  for (const { now, own, step } of steps) if (own) await move(ctx, own, now, step);
}

function standingOf({ status, sides, truth, by_system }: Stored): Standing {
  return { status, sides, truth, dismissedBySystem: by_system };
}

// Locked in the order of their ids: a person who confirms meanwhile is waited for, or waits.
async function holdStored(ctx: Context, decisionIds: readonly string[]): Promise<Map<string, Stored>> {
  const rows = await rowsOf<Stored>(
    ctx.db,
    sql`select id, decision_id, status, sides, truth, coalesce(decided_by like 'system:%', false) as by_system
      from discrepancies where decision_id in (select jsonb_array_elements_text(${JSON.stringify(decisionIds)}::jsonb))
        and org_id = ${ctx.orgId} order by id for update`,
  );
  return new Map(rows.map((row) => [row.decision_id, row]));
}

async function open(ctx: Context, found: readonly SidesOf[]): Promise<void> {
  if (found.length === 0) return;
  const rows = found.map(({ decisionId, appId, typeId, sides }) => ({
    id: newId("discrepancy"),
    decision_id: decisionId,
    app_id: appId,
    type_id: typeId,
    sides,
    pairs: pairsOf(sides).join(","),
  }));
  const opened = await rowsOf<{ id: string; decision_id: string; app_id: string; pairs: string }>(
    ctx.db,
    sql`insert into discrepancies (id, org_id, app_id, type_id, decision_id, sides, pairs, ask_at)
      select id, ${ctx.orgId}, app_id, type_id, decision_id, sides, pairs, now()
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as x(id text, decision_id text, app_id text, type_id text, sides jsonb, pairs text)
      on conflict (decision_id) do nothing returning id, decision_id, app_id, pairs`,
  );
  if (opened.length === 0) return;
  await emit(
    ctx,
    ...opened.map(({ id, decision_id, app_id, pairs }): NewEvent => ({
      type: "discrepancy.opened",
      subject: id,
      decisionId: decision_id,
      data: { app: app_id, pairs },
    })),
  );
  await record(ctx, "discrepancies.opened", opened[0]?.id ?? "", {
    items: opened.map(({ id, decision_id, pairs }) => ({ id, decision: decision_id, pairs })),
  });
}

async function move(ctx: Context, own: Stored, { decisionId, sides }: SidesOf, step: Step): Promise<void> {
  if (step.kind === "none" || step.kind === "open") return;
  const pairs = pairsOf(sides).join(",");
  await rowsOf(
    ctx.db,
    sql`update discrepancies set sides = ${JSON.stringify(sides)}::jsonb, pairs = ${pairs}, updated_at = now() ${changeOf(ctx, step)}
      where id = ${own.id}`,
  );
  const data = { step: step.kind, pairs };
  await emit(ctx, { type: "discrepancy.changed", subject: own.id, decisionId, data });
  await record(ctx, `discrepancy.${wordOf[step.kind]}`, own.id, { decision: decisionId, pairs });
}

const wordOf = { update: "updated", dismiss: "dismissed", reopen: "reopened" } as const;

function changeOf(ctx: Context, step: Exclude<Step, { kind: "none" | "open" }>) {
  const asked = sql`ask_at = now(), ask_tries = 0, ask_error = null`;
  // What was proposed rested on other words.
  const anew = sql`status = 'open', proposal = null, proposed_cause = null, proposed_confidence = null, ${asked}`;
  if (step.kind === "update") return step.asks ? sql`, ${anew}` : sql``;
  if (step.kind === "dismiss") {
    return sql`, status = 'dismissed', note = ${step.note}, decided_by = ${`system:${ctx.actor.id}`}, decided_at = now(), ask_at = null, issue_id = null`;
  }
  return sql`, ${anew}, note = ${step.note}, cause = null, truth = null, evidence = null, decided_by = null, decided_at = null`;
}
