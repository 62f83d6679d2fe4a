import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { learnOnce } from "./round";

process.env.COUNTERSIGN_AUDIT_SECRET = "loop-audit-secret";
const { db } = await testDatabase();

test("one round of learning from what people said in the product makes mail guard less wrong", async () => {
  const round = await learnOnce(db, 1, { submitted: 500, heldOut: 1000 });
  expect(round.reviewed).toBeGreaterThan(10);
  expect(round.audited).toBeGreaterThan(5);
  expect(round.versions).toEqual(["naive-bayes@1", "naive-bayes@2"]);
  expect(round.heldOut.n).toBe(1000);
  expect(round.heldOut.difference.low).toBeGreaterThan(0);
  expect(round.reported?.n).toBeGreaterThan(10);
}, 120_000);
