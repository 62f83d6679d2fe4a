import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Ruling } from "../schema";
import { claimReview } from "./claim-review";
import { readCase } from "./read-case";
import { resolveReview } from "./resolve-review";
import { anOpenReview, storedDecision, storedReview, traces } from "./testing";
import { joinQueue, setPerson, userIdOf } from "./testing-queues";

const { db } = await testDatabase();
const approve: Ruling = { verdict: "approve" };
const decline = (note: string): Ruling => ({ verdict: "decline", reason_code: "not entitled", note });

type Asked = { ctx: Context; reviewId: string; ruling: Ruling };

/** All at one moment; of each its decision's status, or the code of what it threw. */
async function rule(asked: readonly Asked[]): Promise<string[]> {
  const all = await Promise.allSettled(
    asked.map(({ ctx, reviewId, ruling }) => resolveReview(ctx, { reviewId, ruling })),
  );
  return all.map((each) =>
    each.status === "fulfilled" ? each.value.decisionStatus : (each.reason.code ?? each.reason.cause.message),
  );
}

/** One person's authority, lent to another for an hour. */
async function lends(from: Context, to: Context): Promise<void> {
  await db.insert(schema.delegations).values({
    id: newId("delegation"),
    orgId: from.orgId,
    fromUser: userIdOf(from),
    toUser: userIdOf(to),
    startsAt: new Date(Date.now() - 60_000),
    endsAt: new Date(Date.now() + 3_600_000),
    reason: "away",
    createdBy: `user:${userIdOf(from)}`,
  });
}

/** How many transactions wrote these reviews as they are. */
async function commitsOf(reviewIds: string[]): Promise<number> {
  const [row] = await rowsOf<{ commits: number }>(
    db,
    sql`select count(distinct xmin::text)::int as commits from reviews where id = any(${sql.param(reviewIds)}::text[])`,
  );
  return row?.commits ?? 0;
}

test("rulings of one moment share a commit, and each is its own person's, on its own review", async () => {
  const here = await anOpenReview(db);
  const there = await anOpenReview(db);
  const cy = await here.org.person("reviewer");
  const [second, third, fourth] = [await here.more(), await here.more(), await here.more()];
  const edited = { invoice: "INV-0001", amount: 900, currency: "EUR" };
  const asked = [
    { ctx: here.org.reviewer, reviewId: here.reviewId, ruling: { ...approve, note: "as usual" } },
    { ctx: cy, reviewId: second.reviewId, ruling: decline("paid in March") },
    { ctx: there.org.reviewer, reviewId: there.reviewId, ruling: approve },
    { ctx: there.org.reviewer, reviewId: third.reviewId, ruling: approve },
    { ctx: cy, reviewId: third.reviewId, ruling: { verdict: "edit", arguments: edited } as const },
    { ctx: here.org.reviewer, reviewId: fourth.reviewId, ruling: decline("twice") },
  ];
  expect(await rule(asked)).toEqual([
    "approved",
    "declined",
    "approved",
    "not_found",
    "approved",
    "declined",
  ]);
  const ruled = [here, second, there, third, fourth];
  expect(await commitsOf(ruled.map(({ reviewId }) => reviewId))).toBeLessThan(ruled.length);

  const by = (ctx: Context) => `user:${userIdOf(ctx)}`;
  const found = await Promise.all(
    ruled.map(async ({ reviewId, decisionId }) => ({
      review: await storedReview(db, reviewId),
      decision: await storedDecision(db, decisionId),
      left: await traces(db, decisionId, reviewId),
    })),
  );
  const seen = found.map(({ review, decision, left }) => ({
    verdict: review.verdict,
    by: review.resolvedBy,
    decidedBy: decision.decidedBy,
    note: review.note,
    truth: left.labels.map(({ truth, actor }) => `${truth} ${actor}`),
    runs: left.executions.map(({ arguments: args, actionDigest }) => [
      args,
      actionDigest === decision.actionDigest,
    ]),
    journal: left.journal,
  }));
  const proposed = { ...edited, amount: 1800 };
  const is = (who: string, verdict: string, note: string | null, runs: object | null) => ({
    verdict,
    by: who,
    decidedBy: who,
    note,
    truth: [`${verdict === "decline" ? "negative" : "positive"} ${who}`],
    runs: runs === null ? [] : [[runs, true]],
    journal: [{ action: "review.resolved", actor: who }],
  });
  expect(seen).toEqual([
    is(by(here.org.reviewer), "approve", "as usual", proposed),
    is(by(cy), "decline", "paid in March", null),
    is(by(there.org.reviewer), "approve", null, proposed),
    is(by(cy), "edit", null, edited),
    is(by(here.org.reviewer), "decline", "twice", null),
  ]);
  const nonces = found.flatMap(({ decision }) => decision.approvalNonce ?? []);
  expect(new Set(nonces).size).toBe(3);
});

test("who asks at one moment is told what is theirs", async () => {
  const { org, desk, reviewId } = await anOpenReview(db);
  const stranger = (await anOrg(db)).reviewer;
  const [plain, lead] = [org.reviewer, await org.person("reviewer")];
  await setPerson(db, lead, { skills: ["french"] });
  await joinQueue(db, desk.queue, lead, "lead");
  await lends(plain, lead);
  const [of, none, leads] = await Promise.allSettled(
    [plain, stranger, lead].map((ctx) => readCase(ctx, reviewId)),
  );
  const nothing = { skills: [], lenders: [], member_ids: [], leads: false };
  expect(of).toMatchObject({ value: nothing });
  expect(none).toMatchObject({ reason: { kind: "not_found" } });
  const theirs = { skills: ["french"], lenders: [{ user: userIdOf(plain) }], leads: true };
  expect(leads).toMatchObject({ value: { ...theirs, member_ids: [userIdOf(lead)] } });
});

test("what somebody else holds stays theirs, whatever is ruled on beside it", async () => {
  const { org, reviewId, decisionId, more } = await anOpenReview(db);
  const [second, third] = [await more(), await more()];
  await claimReview(await org.person("reviewer"), { reviewId });
  const asked = [second.reviewId, reviewId, third.reviewId].map((id) => ({
    ctx: org.reviewer,
    reviewId: id,
    ruling: approve,
  }));
  expect(await rule(asked)).toEqual(["approved", "review_claimed", "approved"]);
  expect((await storedDecision(db, decisionId)).status).toBe("in_review");
  expect((await traces(db, decisionId, reviewId)).journal).toMatchObject([{ action: "review.claimed" }]);
});

test("of two on one review, all of it is the winner's", async () => {
  const { org, more } = await anOpenReview(db);
  const bo = await org.person("reviewer");
  for (let round = 0; round < 10; round++) {
    const { reviewId, decisionId } = await more();
    const both = [
      { ctx: org.reviewer, reviewId, ruling: decline("no") },
      { ctx: bo, reviewId, ruling: approve },
    ];
    const [first, second] = await rule(round % 2 === 0 ? both : both.toReversed());
    expect([first, second]).toContain("review_already_resolved");
    const review = await storedReview(db, reviewId);
    const decision = await storedDecision(db, decisionId);
    const { labels, journal, executions } = await traces(db, decisionId, reviewId);
    const isApproved = review.verdict === "approve";
    expect(decision).toMatchObject({
      status: isApproved ? "approved" : "declined",
      decidedBy: review.resolvedBy,
    });
    expect(labels).toMatchObject([{ actor: review.resolvedBy, truth: isApproved ? "positive" : "negative" }]);
    expect(journal).toEqual([{ action: "review.resolved", actor: review.resolvedBy }]);
    expect(executions).toHaveLength(isApproved ? 1 : 0);
  }
});

test("what the database takes back of one, whyever, fails that one alone", async () => {
  await db.execute(sql`create function refuse_one() returns trigger language plpgsql as $$
    begin if new.note like 'refuse %' then raise exception 'refused here' using errcode = substr(new.note, 8); end if; return new; end $$`);
  await db.execute(
    sql`create trigger refuse_one before update on reviews for each row execute function refuse_one()`,
  );
  for (const code of ["23514", "40P01", "55P03", "57014", "54000"]) {
    const { org, reviewId, decisionId, more } = await anOpenReview(db);
    const [second, third] = [await more(), await more()];
    const notes = ["fine", `refuse ${code}`, "fine too"];
    const asked = [reviewId, second.reviewId, third.reviewId].map((id, at) => ({
      ctx: org.reviewer,
      reviewId: id,
      ruling: { ...approve, note: notes[at] },
    }));
    expect(await rule(asked)).toEqual(["approved", "refused here", "approved"]);
    expect((await storedReview(db, second.reviewId)).verdict).toBeNull();
    expect((await traces(db, second.decisionId, second.reviewId)).executions).toEqual([]);
    expect((await traces(db, decisionId, reviewId)).executions).toHaveLength(1);
  }
});

test.each(["decisions", "reviews"])(
  "a row of %s that somebody holds makes nobody else wait",
  async (table) => {
    const { org, reviewId, decisionId, more } = await anOpenReview(db);
    const others = [await more(), await more()];
    const held = Promise.withResolvers<void>();
    const free = Promise.withResolvers<void>();
    const holding = db.transaction(async (tx) => {
      const id = table === "decisions" ? decisionId : reviewId;
      await tx.execute(sql`select id from ${sql.identifier(table)} where id = ${id} for update`);
      held.resolve();
      await free.promise;
    });
    await held.promise;
    const of = (id: string) => rule([{ ctx: org.reviewer, reviewId: id, ruling: approve }]);
    const [waiting, ...unheld] = [reviewId, ...others.map((each) => each.reviewId)].map(of);
    // Well before the database gives up waiting for the row.
    const ruled = await Promise.race([Promise.all(unheld), wait(2500)]);
    expect(ruled).toEqual([["approved"], ["approved"]]);
    expect((await storedDecision(db, decisionId)).status).toBe("in_review");
    free.resolve();
    await holding;
    expect(await waiting).toEqual(["approved"]);
  },
);

test("a ruling within a transaction is undone with it", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  const undone = inTransaction(org.reviewer, async (ctx) => {
    await resolveReview(ctx, { reviewId, ruling: approve });
    throw new Error("and back");
  });
  await expect(undone).rejects.toThrow("and back");
  expect((await storedReview(db, reviewId)).verdict).toBeNull();
  expect((await storedDecision(db, decisionId)).status).toBe("in_review");
});
