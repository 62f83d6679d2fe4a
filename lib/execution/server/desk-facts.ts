import { sql } from "drizzle-orm";
import { may } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { DeskFacts } from "../desk-rules";
import { keyMarginSeconds } from "../next-step";
import { doorOf, type WaitingRow } from "./read-waiting";

/** The facts the desk's rules look at, for an execution's row and whoever is in front of it. */
export async function deskFactsOf(ctx: Context, row: WaitingRow, needsPerson: boolean): Promise<DeskFacts> {
  const door = doorOrNull(row);
  return {
    status: row.status,
    needsPerson,
    class: door?.class ?? row.connector_class,
    canLookUp: door?.canLookUp ?? false,
    isAbsent: row.is_absent,
    isKeyOver: row.sent_ago !== null && row.sent_ago >= (door?.keyTtlSeconds ?? 0) - keyMarginSeconds,
    isLate: row.is_late,
    isRetryAsked: row.is_retry,
    isApprover: await isApprover(ctx, row.decision_id),
    mayDesk: may(ctx.actor, "executions.resolve"),
  };
}

// A credential that cannot be opened says nothing about what the desk may do.
function doorOrNull(row: WaitingRow) {
  try {
    return doorOf(row);
  } catch {
    return null;
  }
}

/** True when this person approved the decision, alone or as one of several, in person or by a stand-in, ever. */
async function isApprover(ctx: Context, decisionId: string): Promise<boolean> {
  const me = actorName(ctx.actor);
  const [found] = await rowsOf<{ yes: boolean }>(
    ctx.db,
    sql`select (exists (select 1 from decisions where id = ${decisionId} and decided_by = ${me})
      or exists (select 1 from reviews where decision_id = ${decisionId} and verdict in ('approve', 'edit')
        and ${me} in (resolved_by, staged_by))
      or exists (select 1 from approvals where decision_id = ${decisionId} and ${me} in (actor, on_behalf_of))) as yes`,
  );
  return found?.yes ?? false;
}
