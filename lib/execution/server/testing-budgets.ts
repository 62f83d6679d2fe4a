import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { budgets, budgetUsage } from "@/db/schema";
import { aRefundDesk, anOrg, type TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import { returnToReview } from "./return-to-review";
import { claimSome } from "./testing";

type NewBudget = Partial<typeof budgets.$inferInsert>;

/** A budget of an org, a day's of an app unless `set` says otherwise; answers its id. */
export async function aBudget(
  db: Database,
  org: TestOrg,
  set: NewBudget & { scopeId: string },
): Promise<string> {
  const id = newId("budget");
  await db
    .insert(budgets)
    .values({ scope: "app", period: "day", updatedBy: "test", ...set, id, orgId: org.orgId });
  return id;
}

/** What is reserved of a budget now. */
export async function usedOf(db: Database, budgetId: string, bucket = "") {
  const [row] = await db
    .select({ amount: budgetUsage.amount, count: budgetUsage.count })
    .from(budgetUsage)
    .where(and(eq(budgetUsage.budgetId, budgetId), eq(budgetUsage.bucket, bucket)));
  return row ?? { amount: 0, count: 0 };
}

export async function aDesk(db: Database) {
  const org = await anOrg(db);
  return { org, desk: await aRefundDesk(db, org) };
}

/** So many acts of one amount. */
export const acts = (count: number, amount: number) => Array.from({ length: count }, () => ({ amount }));

/** Claims, and gives back to people what does not fit. */
export async function claimAndReturn(org: TestOrg) {
  const claim = await claimSome(org);
  for (const each of claim.returns) await returnToReview(org.system, each);
  return claim;
}
