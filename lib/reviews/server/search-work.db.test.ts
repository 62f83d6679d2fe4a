import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { searchWork } from "./search-work";
import { anOpenReview } from "./testing";

const { db } = await testDatabase();

test.each([
  ["its id", (made: Made) => made.decisionId],
  ["its review's id", (made: Made) => made.reviewId],
  ["the app's own id", () => "ext-42"],
  ["its subject", () => "cus_7"],
] as const)("a decision is found by %s", async (_by, textOf) => {
  const made = await anOpenReview(db, { externalId: "ext-42", subjectType: "customer", subjectId: "cus_7" });
  await made.more({ externalId: "ext-43", subjectType: "order", subjectId: "ord_7" });
  const { decisions } = await searchWork(made.org.reviewer, { text: textOf(made) });
  expect(decisions).toMatchObject([
    {
      id: made.decisionId,
      review_id: made.reviewId,
      waiting: true,
      summary: "Refund €18.00 on invoice INV-0001",
    },
  ]);
});
type Made = Awaited<ReturnType<typeof anOpenReview>>;

test("a busy subject shows its eight latest", async () => {
  const made = await anOpenReview(db, { subjectType: "customer", subjectId: "cus_8" });
  for (let n = 0; n < 10; n += 1) await made.more({ subjectType: "customer", subjectId: "cus_8" });
  const { decisions } = await searchWork(made.org.reviewer, { text: "cus_8" });
  expect(decisions).toHaveLength(8);
  expect(decisions.map(({ id }) => id)).not.toContain(made.decisionId);
});

test("apps are found by a part of their name, whatever the case", async () => {
  const { org, desk } = await anOpenReview(db);
  expect((await searchWork(org.auditor, { text: "fund D" })).apps).toEqual([
    { id: desk.app, name: "Refund desk" },
  ]);
});

test("nobody finds what is another organisation's", async () => {
  const made = await anOpenReview(db, { externalId: "theirs", subjectType: "customer", subjectId: "cus_9" });
  const stranger = (await anOrg(db)).reviewer;
  for (const text of [made.decisionId, made.reviewId, "theirs", "cus_9", "Refund desk"])
    expect(await searchWork(stranger, { text })).toEqual({ decisions: [], apps: [] });
});

test("an app's key searches nothing", async () => {
  const { org, desk, decisionId } = await anOpenReview(db);
  const key = await org.keyOf(desk.app, ["decisions:read"]);
  await expect(searchWork(key, { text: decisionId })).rejects.toMatchObject({ kind: "forbidden" });
});
