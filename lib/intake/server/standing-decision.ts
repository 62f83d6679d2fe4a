import { sql } from "drizzle-orm";
import type { DecisionStatus, Reason, Route } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Plan } from "./plan-decision";
import type { Entry } from "./incoming-rows";

/** A decision that already stands, in short. */
export type Standing = {
  id: string;
  object: "decision";
  external_id: string | null;
  type: string;
  status: DecisionStatus;
  route: { outcome: Route; reasons: Reason[] };
};
/** What a repeat is answered. */
export type Replay =
  | { kind: "replayed"; decisionId: string; standing: Standing }
  | { kind: "refused"; error: DomainError };

export type Existing = { requestHash: string; standing: Standing };
type ExistingRow = {
  plan_id: string;
  id: string;
  request_hash: string;
  external_id: string | null;
  status: DecisionStatus;
  route: Route;
  reasons: Reason[];
};

/** Decisions that already hold these entries' keys, by the id that was planned. Rare: only what lost is looked up. */
export async function findExisting(ctx: Context, entries: readonly Entry[]): Promise<Map<string, Existing>> {
  if (entries.length === 0) return new Map();
  const types = new Map(entries.map(({ plan }) => [plan.id, plan.type.typeKey]));
  const wanted = entries.map(({ plan, idempotencyKey }) => ({
    plan_id: plan.id,
    app_id: plan.type.appId,
    idempotency_key: idempotencyKey,
    external_id: plan.submission.external_id,
  }));
  const rows = await rowsOf<ExistingRow>(
    ctx.db,
    sql`select w.plan_id, d.*
      from json_to_recordset(${JSON.stringify(wanted)}::json) as w(plan_id text, app_id text, idempotency_key text, external_id text)
      cross join lateral (
        select d.id, d.request_hash, d.external_id, d.status, d.route, d.reasons from decisions d
        where d.org_id = ${ctx.orgId} and d.app_id = w.app_id and d.idempotency_key = w.idempotency_key
        union all
        select d.id, d.request_hash, d.external_id, d.status, d.route, d.reasons from decisions d
        where d.org_id = ${ctx.orgId} and d.app_id = w.app_id and d.external_id = w.external_id
      ) d`,
  );
  const found = new Map<string, Existing>();
  for (const row of rows)
    if (!found.has(row.plan_id)) found.set(row.plan_id, existingOf(row, types.get(row.plan_id) ?? ""));
  return found;
}

function existingOf(row: ExistingRow, type: string): Existing {
  const route = { outcome: row.route, reasons: row.reasons };
  const standing: Standing = {
    id: row.id,
    object: "decision",
    external_id: row.external_id,
    type,
    status: row.status,
    route,
  };
  return { requestHash: row.request_hash, standing };
}

/** What a repeat is answered: the standing decision for the same body, a problem for another. */
export function replayOf(plan: Plan, existing: Existing | undefined): Replay {
  if (!existing)
    return {
      kind: "refused",
      error: new DomainError("unavailable", "The key is being used right now", { code: "overloaded" }),
    };
  const { id } = existing.standing;
  if (existing.requestHash === plan.requestHash)
    return { kind: "replayed", decisionId: id, standing: existing.standing };
  const error = new DomainError("invalid", `This key already made ${id}, from another body`, {
    code: "idempotency_key_reused",
    errors: [
      {
        pointer: "",
        code: "idempotency_key_reused",
        message: "the body differs from the first one",
        fix: "Use a new key for a new decision",
      },
    ],
    extra: { decision_id: id },
  });
  return { kind: "refused", error };
}
