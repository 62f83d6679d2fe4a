import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { aCorrection } from "@/lib/feedback/server/testing-feedback";
import { newId } from "@/lib/kernel/ids";
import { scorableOf } from "./scorable-of";

const { db } = await testDatabase();

test("what is right is the newest correction that stands: not one taken back, nor one its author replaced", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const { id } = await aDecision(db, org, desk, { status: "declined" });
  const right = async () => (await scorableOf(org.system, id))?.expected.arguments;
  const corrected = (amount: number) => ({ invoice: "INV-0001", amount, currency: "EUR" });
  expect(await right()).toBeNull();
  await aCorrection(db, org, id, corrected(1));
  await aCorrection(db, org, id, corrected(2));
  expect(await right()).toEqual(corrected(2));
  await aCorrection(db, org, id, corrected(3), { withdrawnAt: new Date() });
  await aCorrection(db, org, id, corrected(4), { replacedBy: newId("feedback") });
  expect(await right()).toEqual(corrected(2));
});
