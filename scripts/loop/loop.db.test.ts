import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { learnOnce } from "./round";

const { db } = await testDatabase();

test("one round of learning from what people said in the product makes mail guard less wrong", async () => {
  const round = await learnOnce(db, 1, { submitted: 300, heldOut: 800 });
  expect(round.reviewed).toBeGreaterThan(50);
  expect(round.audited).toBeGreaterThan(5);
  expect(round.versions).toEqual(["naive-bayes@1", "naive-bayes@2"]);
  expect(round.heldOut.n).toBeGreaterThan(500);
  expect(round.heldOut.difference.low).toBeGreaterThan(0);
  expect(round.reported?.candidate.value).toBeLessThan(round.reported?.baseline.value ?? 0);
}, 60_000);
