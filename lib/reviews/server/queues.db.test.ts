import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { actorName } from "@/lib/server/context";
import { expectedLoss } from "../expected-loss";
import { CreateQueue, QueuePatch } from "../queues";
import { claimNextReview } from "./claim-next-review";
import { createQueue } from "./create-queue";
import { getQueue } from "./get-queue";
import { getQueueStats } from "./get-queue-stats";
import { listQueueMembers } from "./list-queue-members";
import { listQueues } from "./list-queues";
import { setQueueMembers } from "./set-queue-members";
import { anOpenReview, minutesFromNow, setReview, storedDecision, storedReview } from "./testing";
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

describe("an admin", () => {
  test("makes a queue, which says what was left out, and is on record", async () => {
    const { admin } = await anOrg(db);
    const rule = "decision.amount > 50000 && decision.severity == 'high'";
    const made = await createQueue(
      admin,
      anInput({ rule, sla_minutes: { high: 15 }, skills: ["refunds"], load_cap: 3 }),
    );
    expect(made).toMatchObject({
      key: "large-refunds",
      rule,
      order: "sla",
      lease_seconds: 900,
      on_timeout: null,
      verdicts: null,
      members: 0,
      open: 0,
      version: 1,
    });
    expect(await getQueue(admin, { queue: "large-refunds" })).toEqual(made);
    expect(await journalOf(made.id)).toEqual(["queue.created"]);
    const events = await db.select().from(schema.events).where(eq(schema.events.subject, made.id));
    expect(events.map(({ type }) => type)).toEqual(["queue.changed"]);
    await expect(createQueue(admin, anInput())).rejects.toMatchObject({ code: "key_taken" });
  });

  test("is told where a rule is wrong", async () => {
    const { admin } = await anOrg(db);
    const refused = createQueue(admin, anInput({ rule: "decision.amount * 2 > 100" }));
    await expect(refused).rejects.toMatchObject({
      kind: "invalid",
      code: "invalid_rule",
      errors: [{ pointer: "/rule", fix: expect.stringContaining("2.0") }],
      extra: { rule: { line: 1, column: 1 } },
    });
  });

  test("changes it by the version they read; a rule's change is on record with what it was", async () => {
    const { admin } = await anOrg(db);
    const { id } = await createQueue(admin, anInput({ rule: "true" }));
    const changed = await updateQueue(admin, {
      queue: id,
      version: 1,
      rule: "decision.amount > 1",
      name: "Larger",
    });
    expect(changed).toMatchObject({ rule: "decision.amount > 1", name: "Larger", version: 2, order: "sla" });
    await expect(updateQueue(admin, { queue: id, version: 1, name: "x" })).rejects.toMatchObject({
      code: "stale_version",
    });
    await expect(updateQueue(admin, { queue: id, version: 2, escalate_to: id })).rejects.toMatchObject({
      errors: [{ pointer: "/escalate_to", code: "own_queue" }],
    });
    await expect(updateQueue(admin, { queue: id, version: 2, escalate_to: "nothing" })).rejects.toMatchObject(
      {
        errors: [{ pointer: "/escalate_to", code: "not_found" }],
      },
    );
    expect(await journalOf(id)).toEqual(["queue.created", "queue.rule_changed"]);
  });

  test("archives one only when nothing needs it", async () => {
    const { org, desk, reviewId } = await anOpenReview(db);
    const { id } = await createQueue(org.admin, anInput({ escalate_to: desk.queue }));
    const used = {
      kind: "conflict",
      code: "queue_in_use",
      message: expect.stringMatching(/1 open review.*decision types.*escalate/),
    };
    await expect(
      updateQueue(org.admin, { queue: desk.queue, version: 1, archived: true }),
    ).rejects.toMatchObject(used);
    await setReview(db, reviewId, { queueId: id });
    await expect(updateQueue(org.admin, { queue: id, version: 1, archived: true })).rejects.toMatchObject({
      message: expect.stringContaining("1 open review"),
    });
    await setReview(db, reviewId, { queueId: desk.queue });
    expect(
      (await updateQueue(org.admin, { queue: id, version: 1, archived: true })).archived_at,
    ).not.toBeNull();
    expect(
      (await listQueues(org.admin, { limit: 25, archived: false })).data.map((queue) => queue.id),
    ).toEqual([desk.queue]);
    expect((await updateQueue(org.admin, { queue: id, version: 2, archived: false })).archived_at).toBeNull();
  });
});

test.each([
  [{ key: "No" }, "key"],
  [{ rule: "  " }, "rule"],
  [{ on_timeout: "approve" }, "on_timeout"],
  [{ lease_seconds: 5 }, "lease_seconds"],
  [{ undo_seconds: 31 }, "undo_seconds"],
  [{ sla_minutes: { high: 0 } }, "sla_minutes"],
  [{ sla_minutes: { urgent: 5 } }, "sla_minutes"],
  [{ verdicts: ["approve"] }, "verdicts"],
  [{ verdicts: [] }, "verdicts"],
  [{ decline_reasons: Array.from({ length: 10 }, (_, at) => `r${at}`) }, "decline_reasons"],
  [{ load_cap: 0 }, "load_cap"],
  [{ skills: ["a", "a"] }, "skills"],
  [{ blind_rate: 1.5 }, "blind_rate"],
])("%j is refused, and says where", (bad, field) => {
  const { error } = CreateQueue.safeParse({ key: "a-queue", name: "A queue", ...bad });
  expect(error?.issues[0]?.path[0]).toBe(field);
  if (field !== "key") expect(QueuePatch.safeParse({ version: 1, ...bad }).success).toBe(false);
});

test("only an admin makes and changes queues; everybody reads them; keys do neither", async () => {
  const { org, desk } = await anOpenReview(db);
  const key = await org.keyOf(desk.app, ["decisions:write", "decisions:read"]);
  for (const ctx of [org.reviewer, org.auditor, key]) {
    await expect(createQueue(ctx, anInput())).rejects.toMatchObject({ kind: "forbidden" });
    await expect(updateQueue(ctx, { queue: desk.queue, version: 1 })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(setQueueMembers(ctx, { queue: desk.queue, members: [] })).rejects.toMatchObject({
      kind: "forbidden",
    });
  }
  for (const ctx of [org.reviewer, org.auditor])
    expect(await getQueue(ctx, { queue: desk.queue })).toMatchObject({ open: 1 });
  await expect(getQueue(key, { queue: desk.queue })).rejects.toMatchObject({ kind: "forbidden" });
  const other = await anOrg(db);
  await expect(getQueue(other.admin, { queue: desk.queue })).rejects.toMatchObject({ kind: "not_found" });
  await expect(updateQueue(other.admin, { queue: desk.queue, version: 1 })).rejects.toMatchObject({
    kind: "not_found",
  });
});

test("queues stand in the order in which their rules are asked, page by page", async () => {
  const { admin } = await anOrg(db);
  for (const [key, position] of [
    ["c", 3],
    ["a", 1],
    ["b", 2],
    ["b2", 2],
  ] as const)
    await createQueue(admin, anInput({ key, position }));
  const first = await listQueues(admin, { limit: 2, archived: false });
  const second = await listQueues(admin, { limit: 2, archived: false, starting_after: first.data[1]?.id });
  expect([...first.data, ...second.data].map(({ key }) => key)).toEqual(["a", "b", "b2", "c"]);
  expect([first.has_more, second.has_more]).toEqual([true, false]);
});

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

test("stats count what waits by severity and time, and what a day brought", async () => {
  const { org, desk, reviewId, more } = await anOpenReview(db);
  await setReview(db, reviewId, { severity: "high", dueAt: minutesFromNow(-1), warnedAt: new Date() });
  await more();
  const { reviewId: done } = await more();
  await setReview(db, done, {
    status: "resolved",
    verdict: "approve",
    resolvedAt: new Date(),
    resolvedBy: "user:x",
  });
  await claimNextReview(org.reviewer, { exclude: [] });
  expect(await getQueueStats(org.auditor, { queue: desk.queue })).toMatchObject({
    open: 2,
    held: 1,
    overdue: 1,
    warned: 1,
    by_severity: { high: 1, unknown: 1, low: 0, medium: 0 },
    opened_24h: 3,
    resolved_24h: 1,
    expired_24h: 0,
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
