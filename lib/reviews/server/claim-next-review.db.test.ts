import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { newId } from "@/lib/kernel/ids";
import { actorName } from "@/lib/server/context";
import { claimNextReview } from "./claim-next-review";
import { claimReview } from "./claim-review";
import { countReviews } from "./count-reviews";
import { getReview } from "./get-review";
import { listReviews } from "./list-reviews";
import { resolveReview } from "./resolve-review";
import { skipReview } from "./skip-review";
import { stageVerdict } from "./stage-verdict";
import { anOpenReview, minutesFromNow, setReview } from "./testing";
import { aQueue, joinQueue, setPerson, setQueue, userIdOf } from "./testing-queues";

const { db } = await testDatabase();
const next = { exclude: [] };
const approve = { verdict: "approve" as const };

/** A review of a queue with one member, and a reviewer who is none. */
async function aMembersOnly() {
  const opened = await anOpenReview(db);
  const member = await opened.org.person("reviewer");
  await joinQueue(db, opened.desk.queue, member);
  return { ...opened, member, stranger: opened.org.reviewer };
}

describe("a queue with members", () => {
  test("nobody else sees its reviews, is given them, may take or rule on them", async () => {
    const { reviewId, stranger, member } = await aMembersOnly();
    expect((await listReviews(stranger, { tab: "open", limit: 25 })).data).toEqual([]);
    expect(await countReviews(stranger)).toMatchObject({ unclaimed: 0 });
    expect((await claimNextReview(stranger, next)).review).toBeNull();
    const refused = { kind: "not_found" };
    await expect(getReview(stranger, { reviewId })).rejects.toMatchObject(refused);
    await expect(claimReview(stranger, { reviewId })).rejects.toMatchObject(refused);
    await expect(skipReview(stranger, { reviewId })).rejects.toMatchObject(refused);
    for (const rule of [resolveReview, stageVerdict])
      await expect(rule(stranger, { reviewId, ruling: approve })).rejects.toMatchObject({
        kind: expect.stringMatching(/not_found|forbidden/),
      });
    expect((await listReviews(member, { tab: "open", limit: 25 })).data).toMatchObject([{ id: reviewId }]);
    expect((await claimNextReview(member, next)).review?.id).toBe(reviewId);
  });

  test("auditors, admins and leads of other queues see all of it; seeing is not taking", async () => {
    const { org, reviewId, stranger } = await aMembersOnly();
    for (const ctx of [org.auditor, org.admin])
      expect(await getReview(ctx, { reviewId })).toMatchObject({ id: reviewId });
    await joinQueue(db, await aQueue(db, org), stranger, "lead");
    expect(await getReview(stranger, { reviewId })).toMatchObject({ id: reviewId });
    expect((await claimNextReview(stranger, next)).review).toBeNull();
    await expect(claimReview(stranger, { reviewId })).rejects.toMatchObject({ code: "not_a_member" });
  });

  test("what is kept for somebody is theirs, member or not", async () => {
    const { reviewId, stranger } = await aMembersOnly();
    await setReview(db, reviewId, { assignedTo: actorName(stranger.actor) });
    expect((await listReviews(stranger, { tab: "mine", limit: 25 })).data).toMatchObject([{ id: reviewId }]);
    expect((await claimNextReview(stranger, next)).review?.id).toBe(reviewId);
  });

  test("whom a member lends their authority works there, until it ends", async () => {
    const { reviewId, stranger, member, org } = await aMembersOnly();
    const lent = {
      orgId: org.orgId,
      fromUser: userIdOf(member),
      toUser: userIdOf(stranger),
      reason: "leave",
    };
    const id = newId("delegation");
    await db
      .insert(schema.delegations)
      .values({ ...lent, id, endsAt: minutesFromNow(60), createdBy: "user:x" });
    expect(await getReview(stranger, { reviewId })).toMatchObject({ id: reviewId });
    await db.update(schema.delegations).set({ revokedAt: new Date() });
    await expect(getReview(stranger, { reviewId })).rejects.toMatchObject({ kind: "not_found" });
  });
});

test("a queue's skills are asked of everybody", async () => {
  const { org, desk, reviewId } = await anOpenReview(db);
  await setQueue(db, desk.queue, { skills: ["german", "refunds"] });
  await setPerson(db, org.reviewer, { skills: ["german"] });
  expect((await claimNextReview(org.reviewer, next)).review).toBeNull();
  await expect(claimReview(org.reviewer, { reviewId })).rejects.toMatchObject({ code: "lacks_skill" });
  await expect(resolveReview(org.reviewer, { reviewId, ruling: approve })).rejects.toMatchObject({
    kind: "forbidden",
  });
  await setPerson(db, org.reviewer, { skills: ["refunds", "german", "more"] });
  expect((await claimNextReview(org.reviewer, next)).review?.id).toBe(reviewId);
});

describe("what comes next", () => {
  test.each([
    ["sla", "late"],
    ["oldest", "first"],
    ["expected_loss", "dear"],
  ] as const)("in the order %s it is the %s one", async (order, expected) => {
    const { org, desk, reviewId: first, more } = await anOpenReview(db);
    await setQueue(db, desk.queue, { order });
    const { reviewId: dear } = await more();
    const { reviewId: late } = await more();
    await setReview(db, first, { expectedLoss: 10 });
    await setReview(db, dear, { expectedLoss: 900 });
    await setReview(db, late, { dueAt: minutesFromNow(1) });
    expect((await claimNextReview(org.reviewer, next)).review?.id).toBe({ first, dear, late }[expected]);
    const walked = [];
    for (let i = 0; i < 3; i++) walked.push((await claimNextReview(org.reviewer, next)).review?.id ?? null);
    expect(new Set(walked).size).toBe(3);
    expect(walked[2]).toBeNull();
  });

  test("of several queues, the one with the most urgent review comes first", async () => {
    const { org, reviewId: here, more } = await anOpenReview(db);
    const { reviewId: there } = await more();
    await setReview(db, there, { queueId: await aQueue(db, org), dueAt: minutesFromNow(5) });
    expect((await claimNextReview(org.reviewer, next)).review?.id).toBe(there);
    expect((await claimNextReview(org.reviewer, next)).review?.id).toBe(here);
  });

  test("where reviews are shared out, nobody is given what is kept for somebody else", async () => {
    const { org, desk, reviewId } = await anOpenReview(db);
    const other = await org.person("reviewer");
    await setReview(db, reviewId, { assignedTo: actorName(other.actor) });
    await setQueue(db, desk.queue, { autoAssign: true });
    expect((await claimNextReview(org.reviewer, next)).review).toBeNull();
    expect((await claimNextReview(other, next)).review?.id).toBe(reviewId);
  });
});

describe("a load cap", () => {
  test("one more than it says is refused, next or by name, until one is ruled on", async () => {
    const { org, desk, more } = await anOpenReview(db);
    await setQueue(db, desk.queue, { loadCap: 2 });
    const { reviewId: third } = await more();
    await more();
    const held = await claimNextReview(org.reviewer, next);
    await claimNextReview(org.reviewer, next);
    const refused = { kind: "conflict", code: "load_cap_reached", extra: { held: 2, load_cap: 2 } };
    await expect(claimNextReview(org.reviewer, next)).rejects.toMatchObject(refused);
    const left = (await listReviews(org.reviewer, { tab: "unclaimed", limit: 25 })).data[0]?.id ?? third;
    await expect(claimReview(org.reviewer, { reviewId: left })).rejects.toMatchObject(refused);
    // Claiming what one holds extends it.
    const reviewId = held.review?.id ?? "";
    expect(await claimReview(org.reviewer, { reviewId })).toMatchObject({ id: reviewId });
    await stageVerdict(org.reviewer, { reviewId, ruling: approve });
    expect((await claimNextReview(org.reviewer, next)).review?.id).toBe(left);
  });

  test("another queue goes on giving", async () => {
    const { org, desk, more } = await anOpenReview(db);
    await setQueue(db, desk.queue, { loadCap: 1 });
    await claimNextReview(org.reviewer, next);
    await more();
    const { reviewId: elsewhere } = await more();
    await setReview(db, elsewhere, { queueId: await aQueue(db, org) });
    expect((await claimNextReview(org.reviewer, next)).review?.id).toBe(elsewhere);
  });

  test("asking ten times at once does not get past it", async () => {
    const { org, desk, more } = await anOpenReview(db);
    await setQueue(db, desk.queue, { loadCap: 3 });
    for (let i = 0; i < 6; i++) await more();
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => claimNextReview(org.reviewer, next)),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    for (const answer of answers)
      if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "load_cap_reached" });
  });
});

test("twenty reviewers who ask at once over several queues never get the same one, and lose none", async () => {
  const { org, more, reviewId } = await anOpenReview(db);
  const queues = [
    await aQueue(db, org, { order: "expected_loss" }),
    await aQueue(db, org, { order: "oldest" }),
  ];
  const all = [reviewId];
  for (let i = 0; i < 39; i++) {
    const { reviewId: one } = await more();
    const queueId = queues[i % 3];
    if (queueId) await setReview(db, one, { queueId, expectedLoss: i % 2 ? i : null });
    all.push(one);
  }
  const people = await Promise.all(Array.from({ length: 20 }, () => org.person("reviewer")));
  const given = await Promise.all(
    people.map(async (person) => {
      const mine = [];
      for (let i = 0; i < 2; i++) mine.push((await claimNextReview(person, next)).review?.id ?? "none");
      return mine;
    }),
  );
  expect(given.flat()).toHaveLength(all.length);
  expect(new Set(given.flat())).toEqual(new Set(all));
});
