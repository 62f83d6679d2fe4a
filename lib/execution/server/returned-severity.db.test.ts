import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { queues, reviews } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { returnToReview } from "./return-to-review";

const { db } = await testDatabase();

test("what ran alone and came back is due by its severity, and ranked as what a queue takes in is", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, {
    autonomy: { level: "auto", threshold: 0.9, amountCap: 2000, slaMinutes: 240 },
  });
  await db
    .update(queues)
    .set({ slaMinutes: { medium: 20 }, order: "expected_loss" })
    .where(eq(queues.id, desk.queue));
  const { id, executionId } = await aDecision(db, org, desk, {
    route: "execute",
    status: "approved",
    decidedBy: "router",
    confidence: 0.9,
    level: "auto",
  });
  const returned = { code: "changed", message: "Changed", changes: [] } as const;
  await returnToReview(org.system, {
    executionId: executionId ?? "",
    returned: { ...returned, changes: [] },
  });
  const [review] = await db.select().from(reviews).where(eq(reviews.decisionId, id));
  expect(review).toMatchObject({ severity: "medium", status: "open" });
  expect(review?.expectedLoss).toBeGreaterThan(0);
  expect((review?.dueAt.getTime() ?? 0) - (review?.createdAt.getTime() ?? 0)).toBe(20 * 60_000);
});
