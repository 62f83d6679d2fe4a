import { expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { sharedSettling } from "./shared-settling";
import { claimSome, executionRow, resultOf, somePending } from "./testing";

// The pauses between tries are not waited for.
vi.mock("node:timers/promises", () => ({ setTimeout: () => Promise.resolve() }));
const { db } = await testDatabase();

test("a result that the database does not take stands back alone, and nobody waits for ever", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  await somePending(db, org, desk, 3);
  const [bad, good, later] = (await claimSome(org)).sends;
  if (!bad || !good || !later) throw new Error("three claims");
  const settle = sharedSettling();
  // No id holds a NUL; here it stands for whatever only the database objects to.
  const refused = { ...resultOf(bad, 200), executionId: `${bad.executionId}\u0000` };
  await Promise.all([settle(org.system, refused), settle(org.system, resultOf(good, 200))]);
  expect(await executionRow(db, bad.executionId)).toMatchObject({ status: "in_flight" });
  expect(await executionRow(db, good.executionId)).toMatchObject({ status: "succeeded" });
  await settle(org.system, resultOf(later, 200));
  expect(await executionRow(db, later.executionId)).toMatchObject({ status: "succeeded" });
});
