import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { maskFor } from "@/lib/policies/server/mask-for";
import type { DecisionView } from "../schema";
import { askedBy } from "./asked-decisions";
import { answersFirst, isBlindNow } from "./blind-now";
import { decisionView } from "./decision-view";

/**
 * One decision. Throws `not_found` for one of another organisation or, to an app's key, of another app; `answer_first`
 * to a reviewer while a blind review of it waits.
 */
export async function getDecision(
  ctx: Context,
  input: { params: { decision: string } },
): Promise<DecisionView> {
  authorize(ctx, "decisions.read");
  const id = input.params.decision;
  if (answersFirst(ctx)) await requireAnswered(ctx, id);
  return readDecision(ctx, id);
}

async function requireAnswered(ctx: Context, id: string): Promise<void> {
  const blind = await rowsOf(
    ctx.db,
    sql`select 1 as blind from decisions d where d.id = ${id} and d.org_id = ${ctx.orgId} and ${isBlindNow}`,
  );
  if (blind.length === 0) return;
  const message = "A blind review of it waits: what the model said is shown once it is answered";
  throw new DomainError("forbidden", message, { code: "answer_first" });
}

/** {@link getDecision} for a verb that has authorised its caller for more than reading. */
export async function readDecision(ctx: Context, id: string): Promise<DecisionView> {
  const view = await decisionView(ctx.db, askedBy(ctx, id));
  if (!view) throw new DomainError("not_found", `There is no decision ${id}`);
  return maskFor(ctx, view);
}
