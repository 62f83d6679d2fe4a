import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Ruling } from "../schema";
import { claimReview } from "./claim-review";
import { giveVerdict } from "./give-verdict";

/** A refund desk with two reviewers beside its lead, who knows the answers. */
export async function aMeasuredQueue(db: Database, rates: { gold?: number; double?: number } = {}) {
  process.env.COUNTERSIGN_AUDIT_SECRET ??= "test";
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const [lead, ana, ben] = [
    await org.person("reviewer"),
    await org.person("reviewer"),
    await org.person("reviewer"),
  ];
  await db.insert(schema.queueMembers).values(
    [lead, ana, ben].map((ctx) => ({
      queueId: desk.queue,
      userId: ctx.actor.id,
      orgId: org.orgId,
      lead: ctx === lead,
    })),
  );
  await db
    .update(schema.queues)
    .set({ goldRate: rates.gold ?? 0, doubleRate: rates.double ?? 0 })
    .where(sql`id = ${desk.queue}`);
  return { org, desk, lead, ana, ben, queue: desk.queue };
}

/** A past decision whose outcome says what was right; by default a wrong refund that nobody noticed. */
export async function aKnownDecision(
  db: Database,
  org: TestOrg,
  desk: TestDesk,
  columns: Partial<typeof schema.decisions.$inferInsert> = {},
) {
  return aDecision(db, org, desk, {
    status: "approved",
    route: "review",
    externalId: newId("request"),
    subjectType: "customer",
    subjectId: "cus_1",
    subjectUrl: "https://shop.example/customers/1",
    rationale: "Charged twice",
    truth: "negative",
    truthSource: "outcome",
    truthPi: 1,
    ...columns,
  });
}

export type MeasureFound = {
  id: string;
  kind: string;
  decision_id: string;
  review_id: string;
  source: string;
};

export function measuresOf(db: Database, orgId: string): Promise<MeasureFound[]> {
  return rowsOf<MeasureFound>(
    db,
    sql`select id, kind, decision_id, review_id, source_decision_id as source from measures where org_id = ${orgId} order by id`,
  );
}

/** Claims a review and rules on it over the API. */
export async function rules(ctx: Context, reviewId: string, ruling: Ruling["verdict"]) {
  await claimReview(ctx, { reviewId });
  const body: Ruling =
    ruling === "decline"
      ? { verdict: "decline", note: "not entitled" }
      : ruling === "edit"
        ? { verdict: "edit", arguments: { invoice: "INV-0001", amount: 900, currency: "EUR" } }
        : { verdict: "approve" };
  return giveVerdict(ctx, { params: { review: reviewId }, body });
}
