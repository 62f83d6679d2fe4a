import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { decisions, decisionTypes } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { decisionStatuses, decisionTransitions } from "../schema";

const { db } = await testDatabase();
const org = await anOrg(db);
const desk = await aRefundDesk(db, org);
// Without an action nothing has to run, so that every status can be set up alone.
await db.update(decisionTypes).set({ actionId: null }).where(eq(decisionTypes.id, desk.type));

const pairs = decisionStatuses.flatMap((from) =>
  decisionStatuses.filter((to) => to !== from).map((to) => [from, to] as const),
);
test.each(pairs)("the database holds %s → %s to the lifecycle", async (from, to) => {
  const actionDigest = "0".repeat(64);
  const { id } = await aDecision(db, org, desk, {
    status: from,
    actionDigest,
    withReview: false,
    withExecution: false,
  });
  const moved = db.update(decisions).set({ status: to }).where(eq(decisions.id, id));
  if (decisionTransitions[from].includes(to)) await expect(moved).resolves.toBeDefined();
  else await expect(moved).rejects.toMatchObject({ cause: { code: "23514" } });
});

test("what was submitted and how it was routed never change, and a decision is never deleted", async () => {
  const { id } = await aDecision(db, org, desk);
  const here = eq(decisions.id, id);
  const attacks = [
    () =>
      db
        .update(decisions)
        .set({ arguments: { amount: 1 } })
        .where(here),
    () => db.update(decisions).set({ input: "other" }).where(here),
    () => db.update(decisions).set({ route: "execute" }).where(here),
    () => db.update(decisions).set({ piLabel: 0.5 }).where(here),
    () => db.update(decisions).set({ auditDrawn: true }).where(here),
    () => db.update(decisions).set({ status: "approved", actionDigest: null }).where(here),
    () => db.delete(decisions).where(here),
  ];
  for (const attack of attacks) await expect(attack()).rejects.toMatchObject({ cause: { code: "23514" } });
});
