import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { DecisionView } from "../schema";
import { decisionView } from "./decision-view";

/** One decision. Throws `not_found` for one of another organisation or, to an app's key, of another app. */
export function getDecision(ctx: Context, input: { params: { decision: string } }): Promise<DecisionView> {
  authorize(ctx, "decisions.read");
  return readDecision(ctx, input.params.decision);
}

/** {@link getDecision} for a verb that has authorised its caller for more than reading. */
export async function readDecision(ctx: Context, id: string): Promise<DecisionView> {
  const app = appBound(ctx);
  const bound = app ? sql` and d.app_id = ${app} and not d.measure` : sql``;
  const view = await decisionView(ctx.db, sql`d.id = ${id} and d.org_id = ${ctx.orgId}${bound}`);
  if (!view) throw new DomainError("not_found", `There is no decision ${id}`);
  return view;
}
