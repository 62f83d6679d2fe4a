import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { actorName } from "@/lib/server/context";
import { expectedLoss } from "../expected-loss";
import { CreateQueue } from "../queues";
import { createQueue } from "./create-queue";
import { getQueue } from "./get-queue";
import { listQueueMembers } from "./list-queue-members";
import { setQueueMembers } from "./set-queue-members";
import { anOpenReview, setReview, storedDecision, storedReview } from "./testing";
import { joinQueue, setPerson, setQueue, userIdOf } from "./testing-queues";
import { tryQueueRule } from "./try-queue-rule";
import { updateQueue } from "./update-queue";

const { db } = await testDatabase();
const anInput = (more: Partial<CreateQueue> = {}): CreateQueue => ({
  ...CreateQueue.parse({ key: "large-refunds", name: "Large refunds" }),
  ...more,
});

async function journalOf(subject: string) {
  const rows = await db.select().from(schema.journal).where(eq(schema.journal.subject, subject));
  return rows.map(({ action }) => action);
}

describe("members", () => {
  test("an admin sets them and who leads; only active reviewers can be", async () => {
    const { org, desk } = await anOpenReview(db);
    const [ana, bo] = [await org.person("reviewer"), await org.person("reviewer")];
    const members = [
      { id: userIdOf(ana), lead: true },
      { id: userIdOf(bo), lead: false },
    ];
    const set = await setQueueMembers(org.admin, { queue: desk.queue, members });
    expect(set.data.map(({ id, lead }) => ({ id, lead }))).toEqual(members);
    expect(await getQueue(ana, { queue: desk.queue })).toMatchObject({
      members: 2,
      yours: true,
      leads: true,
    });
    expect(await getQueue(org.reviewer, { queue: desk.queue })).toMatchObject({ yours: false, leads: false });
    expect(await journalOf(desk.queue)).toEqual(["queue.members_set"]);
    const wrong = [
      { id: userIdOf(bo), lead: false },
      { id: userIdOf(org.auditor), lead: false },
    ];
    await expect(setQueueMembers(org.admin, { queue: desk.queue, members: wrong })).rejects.toMatchObject({
      kind: "invalid",
      errors: [{ pointer: "/members/1/id", code: "not_a_reviewer" }],
    });
    expect((await listQueueMembers(org.auditor, { queue: desk.queue })).data).toHaveLength(2);
  });

  test("a lead says who works here, but not who leads; a member says neither", async () => {
    const { org, desk } = await anOpenReview(db);
    const [lead, member] = [await org.person("reviewer"), await org.person("reviewer")];
    await joinQueue(db, desk.queue, lead, "lead");
    await joinQueue(db, desk.queue, member);
    const both = { id: userIdOf(lead), lead: true };
    await setQueueMembers(lead, {
      queue: desk.queue,
      members: [both, { id: userIdOf(org.reviewer), lead: false }],
    });
    await expect(
      setQueueMembers(lead, { queue: desk.queue, members: [both, { id: userIdOf(member), lead: true }] }),
    ).rejects.toMatchObject({ kind: "forbidden" });
    await expect(setQueueMembers(member, { queue: desk.queue, members: [] })).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  test("they are listed with what they lack, hold and have waiting", async () => {
    const { org, desk, more } = await anOpenReview(db);
    await setQueue(db, desk.queue, { skills: ["german", "refunds"] });
    await joinQueue(db, desk.queue, org.reviewer);
    await setPerson(db, org.reviewer, { skills: ["german"] });
    const { reviewId } = await more();
    await setReview(db, reviewId, { assignedTo: actorName(org.reviewer.actor) });
    const { data } = await listQueueMembers(org.admin, { queue: desk.queue });
    expect(data).toMatchObject([
      { lacks: ["refunds"], skills: ["german"], assigned: 1, held: 0, away_until: null },
    ]);
  });
});

describe("a rule held against the latest decisions", () => {
  test("says for how many it is true, takes and fails, and shows some", async () => {
    const { org, more } = await anOpenReview(db);
    await more({ amount: 90_000, arguments: { invoice: "INV-9", amount: 90_000, currency: "EUR" } });
    await more({ amount: 70_000, metadata: { tier: "gold" } });
    await createQueue(org.admin, anInput({ key: "first", rule: "decision.amount > 80000", position: 1 }));
    const trial = await tryQueueRule(org.auditor, { rule: "decision.amount > 60000", position: 5 });
    expect(trial).toMatchObject({ problem: null, of: 3, holds: 2, takes: 1, fails: 0, failure: null });
    expect(trial.examples).toHaveLength(1);
    expect(await tryQueueRule(org.admin, { rule: "decision.amount > 60000", position: 0 })).toMatchObject({
      takes: 2,
    });
    expect(
      await tryQueueRule(org.admin, { rule: "decision.metadata.tier == 'gold'", position: 9 }),
    ).toMatchObject({
      holds: 1,
      fails: 2,
      failure: "No such key: tier",
    });
  });

  test("does not count a queue's own rule before itself", async () => {
    const { org } = await anOpenReview(db);
    const { id } = await createQueue(org.admin, anInput({ rule: "true", position: 3 }));
    expect(await tryQueueRule(org.admin, { rule: "decision.amount > 1", queue: id })).toMatchObject({
      takes: 1,
    });
  });

  test("says where it is wrong in place of an error", async () => {
    const { admin } = await anOrg(db);
    const trial = await tryQueueRule(admin, { rule: "decision.amount >\n  decision.typ" });
    expect(trial).toMatchObject({ of: 0, problem: { message: "No such key: typ", line: 2, column: 12 } });
  });
});

test("what waits gets its expected loss when its queue orders by it, as intake reckons it", async () => {
  const { org, desk, more } = await anOpenReview(db);
  await db
    .update(schema.decisionTypes)
    .set({ costWrongYes: 500, costWrongNo: 70 })
    .where(eq(schema.decisionTypes.id, desk.type));
  const cases = [
    { predicted: "positive" as const, confidence: 0.75, amount: 2000, currency: "EUR" },
    { predicted: "positive" as const, confidence: 0.5, amount: 100, currency: "EUR" },
    { predicted: "positive" as const, confidence: 0.5, amount: 9000, currency: "JPY" },
    { predicted: "positive" as const, confidence: null, amount: null, currency: null },
    { predicted: "negative" as const, confidence: 0.9, amount: 9000, currency: "EUR" },
  ];
  const opened = [];
  for (const one of cases) opened.push(await more(one));
  await updateQueue(org.admin, { queue: desk.queue, version: 1, order: "expected_loss" });
  for (const { reviewId, decisionId } of opened) {
    const { predicted, confidence, amount, currency } = await storedDecision(db, decisionId);
    const money = amount === null || currency === null ? null : { amount, currency };
    const stake = {
      predicted,
      confidence,
      amount: money,
      costWrongYes: 500,
      costWrongNo: 70,
      currency: "EUR",
    };
    expect((await storedReview(db, reviewId)).expectedLoss).toBeCloseTo(expectedLoss(stake), 6);
  }
});
