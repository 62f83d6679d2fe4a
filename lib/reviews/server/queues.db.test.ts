import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { CreateQueue, QueuePatch } from "../queues";
import { claimNextReview } from "./claim-next-review";
import { createQueue } from "./create-queue";
import { getQueue } from "./get-queue";
import { getQueueStats } from "./get-queue-stats";
import { listQueues } from "./list-queues";
import { setQueueMembers } from "./set-queue-members";
import { anOpenReview, minutesFromNow, setReview } from "./testing";
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

test("money at stake is summed for each currency, never over two", async () => {
  const { org, desk, reviewId, more } = await anOpenReview(db);
  const stats = () => getQueueStats(org.auditor, { queue: desk.queue });
  expect(await stats()).toMatchObject({ expected_loss: null });
  await setReview(db, reviewId, { expectedLoss: 1200.4 });
  await setReview(db, (await more()).reviewId, { expectedLoss: 300 });
  const yen = await aRefundDesk(db, org);
  await db.update(schema.decisionTypes).set({ currency: "JPY" }).where(eq(schema.decisionTypes.id, yen.type));
  const { reviewId: inYen } = await aDecision(db, org, yen);
  await setReview(db, inYen ?? "", { expectedLoss: 900_000, queueId: desk.queue });
  expect((await stats()).expected_loss).toEqual([
    { amount: 1500, currency: "EUR" },
    { amount: 900_000, currency: "JPY" },
  ]);
});
