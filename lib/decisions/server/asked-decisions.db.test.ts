import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { getDecision } from "./get-decision";
import { waitForDecision } from "./wait-for-decision";

const { db } = await testDatabase();

const outcomes = async (reads: Promise<{ id: string }>[]) =>
  (await Promise.allSettled(reads)).map((each) =>
    each.status === "fulfilled" ? each.value.id : (each.reason as { kind: string }).kind,
  );

test("who asks at one moment shares a reading, and gets what is theirs and nothing else", async () => {
  const [org, other] = [await anOrg(db), await anOrg(db)];
  const [desk, neighbour] = [await aRefundDesk(db, org), await aRefundDesk(db, org)];
  const key = await org.keyOf(desk.app, ["decisions:read"]);
  const { id: own } = await aDecision(db, org, desk);
  const { id: measure } = await aDecision(db, org, desk, { measure: true });
  const { id: next } = await aDecision(db, org, neighbour);
  const asked = [
    [other.admin, own],
    [key, next],
    [org.admin, next],
    [key, measure],
    [key, own],
    [org.admin, "dec_unknown"],
    [org.admin, own],
    [key, own],
  ] as const;
  const answers = ["not_found", "not_found", next, "not_found", own, "not_found", own, own];
  const of = (decision: string) => ({ params: { decision } });
  expect(await outcomes(asked.map(([ctx, id]) => getDecision(ctx, of(id))))).toEqual(answers);
  // The same of those who wait: what is not theirs is answered at once, as if it were not there.
  const wait = { query: { timeout: 0.05 } };
  expect(await outcomes(asked.map(([ctx, id]) => waitForDecision(ctx, { ...of(id), ...wait })))).toEqual(
    answers,
  );
});
