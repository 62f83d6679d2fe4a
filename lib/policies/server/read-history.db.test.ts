import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { readHistory, subjectKey } from "./read-history";

const { db } = await testDatabase();
const customer = { type: "customer", id: "cus_1" };

test.each([
  ["half an hour ahead", 30],
  ["half an hour behind", -30],
])(
  "a server whose clock is %s counts what came within five minutes, by the database's clock",
  async (_, minutes) => {
    const org = await anOrg(db);
    const desk = await aRefundDesk(db, org);
    const about = { subjectType: customer.type, subjectId: customer.id };
    await aDecision(db, org, desk, about);
    await aDecision(db, org, desk, { ...about, createdAt: new Date(Date.now() - 6 * 60_000) });
    const now = new Date(Date.now() + minutes * 60_000);
    const where = { orgId: org.orgId, livemode: false, now };
    const found = await readHistory(db, where, [customer], [{ of: "count", seconds: 300, type: null }]);
    expect(found.get(subjectKey(customer))?.get(0)?.get("")).toBe(1);
  },
);
