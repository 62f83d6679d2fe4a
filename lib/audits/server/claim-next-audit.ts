import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { AuditView, ClaimNextAudit } from "../schema";
import { takePlace, viewOrThrow } from "./claim-audit";
import { inPlan } from "./plan-sql";
import { hasPlace, isHeld, isToJudge, viewerJoins, viewerOf } from "./viewer";

const mostTries = 5;

/**
 * Takes the oldest audit with a place for this auditor (their own unfinished one first, then those of a broken glass; of
 * a plan those it drew before those that were there), or answers null.
 */
export async function claimNextAudit(ctx: Context, input: ClaimNextAudit): Promise<AuditView | null> {
  authorize(ctx, "audits.judge");
  // Another auditor may take the place between the look and the lock: then the next one is tried.
  const passed = [...input.exclude];
  for (let tries = 0; tries < mostTries; tries += 1) {
    const found = await nextOne(ctx, { ...input, exclude: passed });
    if (found === undefined) return null;
    const view = await inTransaction(ctx, async (ctx) =>
      (await takePlace(ctx, found)) ? viewOrThrow(ctx, found) : undefined,
    );
    if (view) return view;
    passed.push(found);
  }
  return null;
}

async function nextOne(ctx: Context, input: ClaimNextAudit): Promise<string | undefined> {
  const viewer = viewerOf(ctx);
  const app = input.app ? sql` and (ap.id = ${input.app} or ap.key = ${input.app})` : sql``;
  const type = input.type ? sql` and (t.id = ${input.type} or t.key = ${input.type})` : sql``;
  const plan = input.plan ? sql` and ${inPlan(input.plan)}` : sql``;
  const mine = sql`(me.id is not null and ${isHeld("me")})`;
  const [found] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select a.id from audits a join decisions d on d.id = a.decision_id join apps ap on ap.id = d.app_id
        join decision_types t on t.id = d.type_id ${viewerJoins(viewer)}
      where a.org_id = ${ctx.orgId} and ${isToJudge(viewer)} and (${mine} or ${hasPlace(viewer)})
        and not (${JSON.stringify(input.exclude)}::jsonb ? a.id)${app}${type}${plan}
      order by coalesce(${mine}, false) desc, a.broke_glass desc, ${input.plan ? sql`a.plan_id is not distinct from ${input.plan} desc,` : sql``} a.id
      limit 1`,
  );
  return found?.id;
}
