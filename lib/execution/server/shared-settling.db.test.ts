import { expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { sharedSettling } from "./shared-settling";
import { claimOne, claimSome, executionRow, resultOf, somePending } from "./testing";

// The pauses between tries are not waited for.
vi.mock("node:timers/promises", () => ({ setTimeout: () => Promise.resolve() }));
const { db } = await testDatabase();

test("results of two organisations are settled together, each in its own", async () => {
  const claims = await Promise.all(
    [1, 2].map(async () => {
      const org = await anOrg(db);
      await somePending(db, org, await aRefundDesk(db, org));
      return { org, claimed: await claimOne(org) };
    }),
  );
  const settle = sharedSettling();
  await Promise.all(claims.map(({ org, claimed }) => settle(org.system, resultOf(claimed, 200))));
  for (const { claimed } of claims)
    expect(await executionRow(db, claimed.executionId)).toMatchObject({ status: "succeeded" });
});

test("a result that cannot be written for a moment is written after it", async () => {
  const org = await anOrg(db);
  await somePending(db, org, await aRefundDesk(db, org));
  const claimed = await claimOne(org);
  let away = 4;
  const leaving = new Proxy(db, {
    get: (target, name) => {
      if (name === "_" && away-- > 0) throw new Error("connection terminated");
      return Reflect.get(target, name) as unknown;
    },
  });
  await sharedSettling()({ ...org.system, db: leaving }, resultOf(claimed, 200));
  expect(away).toBeLessThan(0);
  expect(await executionRow(db, claimed.executionId)).toMatchObject({ status: "succeeded" });
});

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
