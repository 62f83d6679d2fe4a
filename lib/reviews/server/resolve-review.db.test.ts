import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import type { Ruling } from "../schema";
import { readDecision } from "@/lib/decisions/server/get-decision";
import { claimReview } from "./claim-review";
import { resolveReview } from "./resolve-review";
import { anOpenReview, setReview, storedDecision, storedReview, traces } from "./testing";

const { db } = await testDatabase();
const approve: Ruling = { verdict: "approve" };
const decline: Ruling = { verdict: "decline", reason_code: "not entitled" };

test("an approval resolves the review, moves the decision, creates one execution, a label, events and a journal entry", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  const { executionId } = await resolveReview(org.reviewer, { reviewId, ruling: approve });
  const who = `user:${org.reviewer.actor.id}`;
  expect(await storedReview(db, reviewId)).toMatchObject({
    status: "resolved",
    verdict: "approve",
    resolvedBy: who,
  });
  expect(await storedDecision(db, decisionId)).toMatchObject({
    status: "approved",
    decidedBy: who,
    truth: "positive",
  });
  const left = await traces(db, decisionId, reviewId);
  expect(left.executions).toMatchObject([
    { id: executionId, status: "pending", actionKey: `exec_${decisionId}` },
  ]);
  expect(left.labels).toMatchObject([{ source: "review", truth: "positive", piLabel: 1, actor: who }]);
  expect(left.events).toEqual(["decision.approved", "review.resolved"]);
  expect(left.journal).toEqual([{ action: "review.resolved", actor: who }]);
});

test("a decline says why, acts on nothing and labels the proposal wrong", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  await resolveReview(org.reviewer, { reviewId, ruling: { ...decline, note: "Paid in March" } });
  expect(await storedReview(db, reviewId)).toMatchObject({
    verdict: "decline",
    reasonCode: "not entitled",
    note: "Paid in March",
  });
  expect((await storedDecision(db, decisionId)).status).toBe("declined");
  const left = await traces(db, decisionId, reviewId);
  expect(left.executions).toEqual([]);
  expect(left.labels).toMatchObject([{ truth: "negative" }]);
});

test("an edit is what runs: the execution carries the edited arguments, the proposal stays", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  const edited = { invoice: "INV-0001", amount: 900, currency: "EUR" };
  await resolveReview(org.reviewer, { reviewId, ruling: { verdict: "edit", arguments: edited } });
  expect(await storedDecision(db, decisionId)).toMatchObject({
    status: "approved",
    editedArguments: edited,
    arguments: { amount: 1800 },
  });
  expect((await traces(db, decisionId, reviewId)).executions).toMatchObject([{ arguments: edited }]);
});

test("the second of two reviewers is told who won and how, and changes nothing", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  const bo = await org.person("reviewer");
  const both = await Promise.allSettled([
    resolveReview(org.reviewer, { reviewId, ruling: approve }),
    resolveReview(bo, { reviewId, ruling: decline }),
  ]);
  const lost = both.filter((each) => each.status === "rejected");
  expect(lost).toHaveLength(1);
  const winner = both[0]?.status === "fulfilled" ? org.reviewer : bo;
  const name = winner.actor.kind === "user" ? winner.actor.name : "";
  expect(lost[0]?.reason).toMatchObject({ kind: "conflict", code: "review_already_resolved" });
  expect(lost[0]?.reason.message).toMatch(new RegExp(`^${name} (approved|declined) this \\d+ s ago$`));
  const left = await traces(db, decisionId, reviewId);
  expect(left.labels).toHaveLength(1);
  expect(left.journal).toHaveLength(1);
});

test("twenty reviewers on one review: one wins", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  const people = await Promise.all(Array.from({ length: 20 }, () => org.person("reviewer")));
  const all = await Promise.allSettled(
    people.map((ctx) => resolveReview(ctx, { reviewId, ruling: approve })),
  );
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await traces(db, decisionId, reviewId)).executions).toHaveLength(1);
});

test("what another reviewer holds cannot be ruled on", async () => {
  const { org, reviewId } = await anOpenReview(db);
  await claimReview(await org.person("reviewer"), { reviewId });
  await expect(resolveReview(org.reviewer, { reviewId, ruling: approve })).rejects.toMatchObject({
    code: "review_claimed",
  });
  expect((await storedReview(db, reviewId)).verdict).toBeNull();
});

test.each<[string, Ruling, string]>([
  [
    "arguments that miss a field",
    { verdict: "edit", arguments: { invoice: "INV-0001", amount: 5 } },
    "/arguments",
  ],
  [
    "an amount of zero",
    { verdict: "edit", arguments: { invoice: "I", amount: 0, currency: "EUR" } },
    "/arguments/amount",
  ],
  [
    "an edit that changes nothing",
    { verdict: "edit", arguments: { invoice: "INV-0001", amount: 1800, currency: "EUR" } },
    "/arguments",
  ],
  ["a decline without a reason", { verdict: "decline" }, "/reason_code"],
  ["a reason the type does not have", { verdict: "decline", reason_code: "mood" }, "/reason_code"],
])("%s is refused with a pointer, and nothing changes", async (_title, ruling, pointer) => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  const failure = await resolveReview(org.reviewer, { reviewId, ruling }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ kind: "invalid" });
  expect((failure as { errors: { pointer: string }[] }).errors[0]?.pointer).toMatch(
    new RegExp(`^${pointer}`),
  );
  expect((await storedReview(db, reviewId)).status).toBe("open");
  expect((await storedDecision(db, decisionId)).status).toBe("in_review");
  expect((await traces(db, decisionId, reviewId)).journal).toEqual([]);
});

test("auditors, admins, app keys and the system cannot rule", async () => {
  const { org, desk, reviewId } = await anOpenReview(db);
  const key = await org.keyOf(desk.app, [
    "decisions:write",
    "decisions:read",
    "decisions:cancel",
    "feedback:write",
  ]);
  for (const ctx of [org.auditor, org.admin, key, org.system]) {
    await expect(resolveReview(ctx, { reviewId, ruling: approve })).rejects.toMatchObject({
      kind: "forbidden",
    });
  }
  expect((await storedReview(db, reviewId)).status).toBe("open");
});

test("another organisation's review does not exist", async () => {
  const { reviewId } = await anOpenReview(db);
  const other = await anOrg(db);
  await expect(resolveReview(other.reviewer, { reviewId, ruling: approve })).rejects.toMatchObject({
    kind: "not_found",
  });
});

test("nothing is approved after the decision's own limit", async () => {
  const { org, reviewId } = await anOpenReview(db, { expiresAt: new Date(Date.now() - 1000) });
  await expect(resolveReview(org.reviewer, { reviewId, ruling: approve })).rejects.toMatchObject({
    kind: "gone",
    code: "review_expired",
  });
});

test("a lapsed lease holds nobody back", async () => {
  const { org, reviewId } = await anOpenReview(db);
  await claimReview(await org.person("reviewer"), { reviewId });
  await setReview(db, reviewId, { leaseUntil: new Date(Date.now() - 1000) });
  await resolveReview(org.reviewer, { reviewId, ruling: approve });
  const [row] = await db.select().from(schema.reviews).where(eq(schema.reviews.id, reviewId));
  expect(row?.status).toBe("resolved");
});

test("a response answers in place of the action: nothing is carried out, and acting was not right", async () => {
  const { org, reviewId, decisionId, stored } = await anOpenReview(db);
  const ruling = { verdict: "respond", note: "The second charge is the deposit" } as const;
  const done = await resolveReview(org.reviewer, { reviewId, ruling });
  expect(done).toMatchObject({ decisionStatus: "declined", executionId: null });
  expect(await stored()).toMatchObject({ verdict: "respond", note: ruling.note });
  const left = await traces(db, decisionId, reviewId);
  expect(left.executions).toEqual([]);
  expect(left.labels).toMatchObject([{ truth: "negative" }]);
});

test("a queue gives the verdicts and takes the reasons that it names, whatever the type's are", async () => {
  const { org, desk, reviewId, decisionId } = await anOpenReview(db);
  await db
    .update(schema.queues)
    .set({ verdicts: ["approve", "decline"], declineReasons: ["fraud"] })
    .where(eq(schema.queues.id, desk.queue));
  const edited = { invoice: "INV-0001", amount: 900, currency: "EUR" };
  for (const ruling of [
    { verdict: "respond", note: "No" },
    { verdict: "edit", arguments: edited },
  ] as const) {
    await expect(resolveReview(org.reviewer, { reviewId, ruling })).rejects.toMatchObject({
      code: "verdict_not_supported",
    });
  }
  await expect(resolveReview(org.reviewer, { reviewId, ruling: decline })).rejects.toMatchObject({
    code: "validation_failed",
  });
  expect((await storedDecision(db, decisionId)).status).toBe("in_review");
  await resolveReview(org.reviewer, { reviewId, ruling: { verdict: "decline", reason_code: "fraud" } });
  expect((await storedDecision(db, decisionId)).status).toBe("declined");
});

test("the app reads the answer that it got in place of the action", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  await resolveReview(org.reviewer, { reviewId, ruling: { verdict: "respond", note: "It is the deposit" } });
  expect(await readDecision(org.reviewer, decisionId)).toMatchObject({
    status: "declined",
    response: "It is the deposit",
  });
});
