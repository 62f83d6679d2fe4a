import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { commitDueVerdicts } from "./commit-due-verdicts";
import { resolveReview } from "./resolve-review";
import { stageVerdict } from "./stage-verdict";
import { anOpenReview, setReview, storedDecision, storedReview, traces } from "./testing";
import { unstageVerdict } from "./unstage-verdict";

const { db } = await testDatabase();
const approve = { verdict: "approve" } as const;
const past = () => new Date(Date.now() - 1000);

/** A staged verdict whose undo time is over. */
async function aDueVerdict() {
  const made = await anOpenReview(db);
  await stageVerdict(made.org.reviewer, { reviewId: made.reviewId, ruling: approve });
  await setReview(db, made.reviewId, { effectiveAt: past() });
  return made;
}

test("a staged verdict decides nothing until its undo time is over", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  const staged = await stageVerdict(org.reviewer, { reviewId, ruling: approve });
  expect(staged.undoSeconds).toBe(5);
  expect(await commitDueVerdicts(org.system)).toEqual({ committed: 0, reopened: 0 });
  expect((await storedDecision(db, decisionId)).status).toBe("in_review");
  const left = await traces(db, decisionId, reviewId);
  expect(left.labels).toEqual([]);
  expect(left.events).toEqual(["review.staged"]);
  expect(left.journal.map(({ action }) => action)).toEqual(["review.staged"]);
});

test("the timer makes a due verdict effective in the name of the person who gave it", async () => {
  const { org, reviewId, decisionId } = await aDueVerdict();
  expect(await commitDueVerdicts(org.system)).toEqual({ committed: 1, reopened: 0 });
  const who = `user:${org.reviewer.actor.id}`;
  expect(await storedDecision(db, decisionId)).toMatchObject({ status: "approved", decidedBy: who });
  const left = await traces(db, decisionId, reviewId);
  expect(left.executions).toHaveLength(1);
  expect(left.journal).toEqual([
    { action: "review.staged", actor: who },
    { action: "review.resolved", actor: who },
  ]);
});

test("many workers commit a verdict once", async () => {
  const { org, reviewId, decisionId } = await aDueVerdict();
  const all = await Promise.all(Array.from({ length: 5 }, () => commitDueVerdicts(org.system)));
  expect(all.reduce((sum, { committed }) => sum + committed, 0)).toBe(1);
  expect((await traces(db, decisionId, reviewId)).executions).toHaveLength(1);
});

test("an edit that was staged runs as edited, a decline keeps its reason", async () => {
  const edit = await anOpenReview(db);
  const edited = { invoice: "INV-0001", amount: 100, currency: "EUR" };
  await stageVerdict(edit.org.reviewer, {
    reviewId: edit.reviewId,
    ruling: { verdict: "edit", arguments: edited },
  });
  await setReview(db, edit.reviewId, { effectiveAt: past() });
  await commitDueVerdicts(edit.org.system);
  expect((await traces(db, edit.decisionId, edit.reviewId)).executions).toMatchObject([
    { arguments: edited },
  ]);

  const decline = await anOpenReview(db);
  const ruling = { verdict: "decline", reason_code: "amount wrong", note: "Half of it" } as const;
  await stageVerdict(decline.org.reviewer, { reviewId: decline.reviewId, ruling });
  await setReview(db, decline.reviewId, { effectiveAt: past() });
  await commitDueVerdicts(decline.org.system);
  expect(await storedReview(db, decline.reviewId)).toMatchObject({
    reasonCode: "amount wrong",
    note: "Half of it",
  });
  expect((await storedDecision(db, decline.decisionId)).status).toBe("declined");
});

test("a verdict taken back in time leaves the review in its author's hands and no trace on the decision", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  await stageVerdict(org.reviewer, { reviewId, ruling: approve });
  const view = await unstageVerdict(org.reviewer, { reviewId });
  expect(view).toMatchObject({ status: "claimed", staged: null, held_by: { id: org.reviewer.actor.id } });
  await setReview(db, reviewId, { effectiveAt: null });
  expect(await commitDueVerdicts(org.system)).toEqual({ committed: 0, reopened: 0 });
  expect((await storedDecision(db, decisionId)).status).toBe("in_review");
  expect((await traces(db, decisionId, reviewId)).journal.map(({ action }) => action)).toEqual([
    "review.staged",
    "review.unstaged",
  ]);
});

test("once it has taken effect it cannot be taken back", async () => {
  const { org, reviewId } = await aDueVerdict();
  await commitDueVerdicts(org.system);
  await expect(unstageVerdict(org.reviewer, { reviewId })).rejects.toMatchObject({
    code: "undo_window_over",
  });
});

test("nobody takes back another's verdict, and nobody overrules it while it waits", async () => {
  const { org, reviewId } = await anOpenReview(db);
  const bo = await org.person("reviewer");
  await stageVerdict(org.reviewer, { reviewId, ruling: approve });
  await expect(unstageVerdict(bo, { reviewId })).rejects.toMatchObject({ code: "review_claimed" });
  await expect(stageVerdict(bo, { reviewId, ruling: approve })).rejects.toMatchObject({
    code: "review_claimed",
    message: expect.stringMatching(/ approved this \d+ s ago; it takes effect in \d s unless taken back$/),
  });
  await expect(resolveReview(bo, { reviewId, ruling: approve })).rejects.toMatchObject({
    code: "review_claimed",
  });
});

test("of two reviewers staging at once, one wins", async () => {
  const { org, reviewId } = await anOpenReview(db);
  const bo = await org.person("reviewer");
  const both = await Promise.allSettled([
    stageVerdict(org.reviewer, { reviewId, ruling: approve }),
    stageVerdict(bo, { reviewId, ruling: { verdict: "decline", note: "No" } }),
  ]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "review_claimed" },
  });
});

test.each([
  ["was disabled", { disabledAt: new Date() }],
  ["is no reviewer any more", { role: "auditor" as const }],
])(
  "the verdict of somebody who %s meanwhile takes no effect: the review opens again",
  async (_title, change) => {
    const { org, reviewId, decisionId } = await aDueVerdict();
    await db.update(schema.users).set(change).where(eq(schema.users.id, org.reviewer.actor.id));
    expect(await commitDueVerdicts(org.system)).toEqual({ committed: 0, reopened: 1 });
    expect(await storedReview(db, reviewId)).toMatchObject({
      status: "open",
      claimedBy: null,
      stagedVerdict: null,
    });
    expect((await storedDecision(db, decisionId)).status).toBe("in_review");
    expect((await traces(db, decisionId, reviewId)).executions).toEqual([]);
  },
);

test("an edit that does not fit the type is refused at once, and nothing is staged", async () => {
  const { org, reviewId } = await anOpenReview(db);
  const ruling = { verdict: "edit", arguments: { amount: -1 } } as const;
  await expect(stageVerdict(org.reviewer, { reviewId, ruling })).rejects.toMatchObject({
    code: "validation_failed",
  });
  expect((await storedReview(db, reviewId)).stagedVerdict).toBeNull();
});

test("only reviewers stage, and only the timer commits", async () => {
  const { org, desk, reviewId } = await anOpenReview(db);
  const key = await org.keyOf(desk.app, ["decisions:write"]);
  for (const ctx of [org.auditor, org.admin, key, org.system]) {
    await expect(stageVerdict(ctx, { reviewId, ruling: approve })).rejects.toMatchObject({
      kind: "forbidden",
    });
  }
  for (const ctx of [org.reviewer, org.admin, key]) {
    await expect(commitDueVerdicts(ctx)).rejects.toMatchObject({ kind: "forbidden" });
  }
});

describe("a verdict that was kept without a connection", () => {
  const minute = 60_000;
  const heldFor = (ms: number, org: Awaited<ReturnType<typeof anOpenReview>>["org"]) => ({
    status: "claimed" as const,
    claimedBy: `user:${org.reviewer.actor.id}`,
    claimedAt: new Date(Date.now() - minute),
    leaseUntil: new Date(Date.now() + ms),
  });
  const kept = (reviewId: string, held = true) => ({ reviewId, ruling: approve, kept: { held } });

  test("counts under the claim it was given under, and once", async () => {
    const { org, reviewId, decisionId } = await anOpenReview(db);
    await setReview(db, reviewId, heldFor(minute, org));
    await stageVerdict(org.reviewer, kept(reviewId));
    const me = `user:${org.reviewer.actor.id}`;
    await expect(stageVerdict(org.reviewer, kept(reviewId))).rejects.toMatchObject({
      code: "review_claimed",
      extra: { held_by: me },
    });
    await setReview(db, reviewId, { effectiveAt: past() });
    await commitDueVerdicts(org.system);
    await expect(stageVerdict(org.reviewer, kept(reviewId))).rejects.toMatchObject({
      code: "review_already_resolved",
      extra: { resolved_by: me, verdict: "approve" },
    });
    const left = await traces(db, decisionId, reviewId);
    expect(left.journal.map(({ action }) => action)).toEqual(["review.staged", "review.resolved"]);
    expect(left.executions).toHaveLength(1);
  });

  test("changes nothing once the claim ran out, whether or not somebody else took it", async () => {
    const { org, reviewId, stored } = await anOpenReview(db);
    await setReview(db, reviewId, heldFor(-minute, org));
    await expect(stageVerdict(org.reviewer, kept(reviewId))).rejects.toMatchObject({ code: "lease_lost" });
    const other = await org.person("reviewer");
    await stageVerdict(other, { reviewId, ruling: { verdict: "decline", note: "Not owed" } });
    await expect(stageVerdict(org.reviewer, kept(reviewId))).rejects.toMatchObject({
      code: "review_claimed",
      extra: { held_by: `user:${other.actor.id}` },
    });
    expect(await stored()).toMatchObject({ stagedVerdict: "decline" });
  });

  test("of what nobody held counts as long as nobody else has it", async () => {
    const { org, reviewId, more } = await anOpenReview(db);
    await stageVerdict(org.reviewer, kept(reviewId, false));
    const { reviewId: taken } = await more();
    await setReview(db, taken, heldFor(minute, { ...org, reviewer: await org.person("reviewer") }));
    await expect(stageVerdict(org.reviewer, kept(taken, false))).rejects.toMatchObject({
      code: "review_claimed",
    });
  });
});
