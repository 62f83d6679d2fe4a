import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { decisions, events, journal, labels, outcomes } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import type { JsonObject } from "@/lib/kernel/json";
import { recordLabel } from "@/lib/decisions/server/record-label";
import { answers } from "./answer-outcome-batch";
import { recordOutcome } from "./record-outcome";
import { recordOutcomes } from "./record-outcomes";

const { db } = await testDatabase();

async function aStory() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const key = await org.keyOf(desk.app, ["feedback:write"]);
  return { org, desk, key };
}
const truthOf = async (id: string) =>
  (await db.select().from(decisions).where(eq(decisions.id, id)))[0]?.truth;

describe("one outcome", () => {
  test("labels the decision with propensity 1, outranks an auditor, tells and journals it", async () => {
    const { org, desk, key } = await aStory();
    const { id } = await aDecision(db, org, desk, { status: "declined", predicted: "negative" });
    await recordLabel(org.auditor, { decisionId: id, source: "audit", truth: "negative", piLabel: 0.1 });
    const reply = await recordOutcome(key, {
      params: { decision: id },
      body: { correct: false, detail: "chargeback", occurred_at: "2026-01-02T03:04:05Z" },
    });
    expect(reply.more.status).toBe(201);
    expect(reply.body).toMatchObject({
      truth: "positive",
      correct: false,
      detail: "chargeback",
      occurred_at: "2026-01-02T03:04:05.000Z",
    });
    const stored = await db.select().from(labels).where(eq(labels.decisionId, id));
    expect(stored.find(({ source }) => source === "outcome")).toMatchObject({
      truth: "positive",
      piLabel: 1,
    });
    expect(await truthOf(id)).toBe("positive");
    const [event] = await db.select().from(events).where(eq(events.subject, reply.body.id));
    expect(event).toMatchObject({ type: "decision.outcome_recorded", decisionId: id });
    const [entry] = await db.select().from(journal).where(eq(journal.subject, reply.body.id));
    expect(entry?.action).toBe("outcomes.recorded");
  });

  test("what the world showed earlier is kept, however late it is told, and does not stand over what it showed later", async () => {
    const { org, desk, key } = await aStory();
    const { id } = await aDecision(db, org, desk, { status: "approved" });
    const tell = (truth: "positive" | "negative", occurred_at?: string) =>
      recordOutcome(key, { params: { decision: id }, body: { truth, occurred_at } });
    await tell("positive", "2026-03-20T00:00:00Z");
    const early = await tell("negative", "2026-03-10T00:00:00Z");
    expect([early.more.status, early.body.truth]).toEqual([201, "negative"]);
    expect(await truthOf(id)).toBe("positive");
    const again = await tell("negative", "2026-03-10T00:00:00Z");
    expect([again.more.status, again.body.id]).toEqual([200, early.body.id]);
    // A file that begins with the newest, told in one go.
    const rows = ["negative", "positive", "negative"].map((truth, at) => ({
      decision_id: id,
      truth: truth as "positive" | "negative",
      occurred_at: `2026-04-${20 - at}T00:00:00Z`,
    }));
    await recordOutcomes(key, rows);
    expect(await truthOf(id)).toBe("negative");
    // Somebody who says nothing of when knows what is known now.
    await tell("positive");
    expect(await truthOf(id)).toBe("positive");
    expect(await db.select().from(outcomes).where(eq(outcomes.decisionId, id))).toHaveLength(6);
  });

  test("repeating the latest changes nothing; another one later stands", async () => {
    const { org, desk, key } = await aStory();
    const { id } = await aDecision(db, org, desk, { status: "approved" });
    const tell = (correct: boolean) => recordOutcome(key, { params: { decision: id }, body: { correct } });
    const first = await tell(true);
    const again = await tell(true);
    expect([again.more.status, again.body.id]).toEqual([200, first.body.id]);
    expect((await tell(false)).more.status).toBe(201);
    expect((await tell(true)).more.status).toBe(201);
    expect(await truthOf(id)).toBe("positive");
    expect(await db.select().from(outcomes).where(eq(outcomes.decisionId, id))).toHaveLength(3);
  });

  test("is not for reviewers and auditors, nor for another app's key or organisation", async () => {
    const { org, desk } = await aStory();
    const { id } = await aDecision(db, org, desk);
    const input = { params: { decision: id }, body: { truth: "positive" as const } };
    for (const who of [org.reviewer, org.auditor])
      await expect(recordOutcome(who, input)).rejects.toMatchObject({ kind: "forbidden" });
    const other = await aRefundDesk(db, org);
    const otherKey = await org.keyOf(other.app, ["feedback:write"]);
    await expect(recordOutcome(otherKey, input)).rejects.toMatchObject({ kind: "not_found" });
    await expect(recordOutcome((await anOrg(db)).admin, input)).rejects.toMatchObject({ kind: "not_found" });
    expect((await recordOutcome(org.admin, input)).body.truth).toBe("positive");
  });
});

describe("a batch", () => {
  test("is found by external id or id, in order, and a bad item keeps no other out", async () => {
    const { org, desk, key } = await aStory();
    const one = await aDecision(db, org, desk, { externalId: "order-1" });
    const two = await aDecision(db, org, desk, { externalId: "order-2", predicted: "negative" });
    const items: JsonObject[] = [
      { external_id: "order-1", truth: "negative" },
      { external_id: "nowhere", truth: "negative" },
      { decision_id: two.id, correct: true },
      { decision_id: two.id },
      { decision_id: two.id, external_id: "order-2", truth: "positive" },
    ];
    const reads = items.map((value) => () => value);
    const told = await answers(key, reads);
    expect(told.map(({ status }) => status)).toEqual([201, 404, 201, 422, 422]);
    expect(told[3]?.error?.errors[0]?.pointer).toBe("/truth");
    expect([await truthOf(one.id), await truthOf(two.id)]).toEqual(["negative", "negative"]);
    const entries = await db.select().from(journal).where(eq(journal.orgId, org.orgId));
    expect(entries.map(({ action }) => action)).toEqual(["outcomes.recorded"]);
    const again = await answers(key, reads);
    expect(again.map(({ status, replayed }) => [status, replayed])).toEqual([
      [200, true],
      [404, false],
      [200, true],
      [422, false],
      [422, false],
    ]);
  });

  test("the same decision twice in one batch: the later word stands", async () => {
    const { org, desk, key } = await aStory();
    const { id } = await aDecision(db, org, desk);
    await recordOutcomes(key, [
      { decision_id: id, truth: "positive" },
      { decision_id: id, truth: "negative" },
    ]);
    expect(await truthOf(id)).toBe("negative");
    const [label] = await db.select().from(labels).where(eq(labels.decisionId, id));
    expect(label?.truth).toBe("negative");
  });

  test("an external id that several apps use needs the app from a person", async () => {
    const { org, desk } = await aStory();
    const other = await aRefundDesk(db, org);
    const mine = await aDecision(db, org, desk, { externalId: "same" });
    await aDecision(db, org, other, { externalId: "same" });
    const item = { external_id: "same", truth: "positive" } as const;
    const [vague, named] = await recordOutcomes(org.admin, [item, { ...item, app: desk.app }]);
    expect(vague).toMatchObject({ kind: "refused", error: { errors: [{ pointer: "/app" }] } });
    expect(named).toMatchObject({ kind: "recorded", decisionId: mine.id });
  });

  test("two batches over the same decisions in opposite order both end", async () => {
    const { org, desk, key } = await aStory();
    const ids: string[] = [];
    for (let i = 0; i < 8; i += 1) ids.push((await aDecision(db, org, desk)).id);
    const items = ids.map((decision_id) => ({ decision_id, truth: "positive" as const }));
    const both = await Promise.all([recordOutcomes(key, items), recordOutcomes(key, items.toReversed())]);
    expect(both.flat().filter((one) => one.kind === "recorded" && !one.replayed)).toHaveLength(8);
    expect(await db.select().from(outcomes).where(eq(outcomes.orgId, org.orgId))).toHaveLength(8);
  });
});

describe("by subject", () => {
  test("the only decision in the window is meant; of several none is guessed, and they are named", async () => {
    const { org, desk, key } = await aStory();
    const at = (day: string) => new Date(`2026-03-${day}T12:00:00Z`);
    const about = (id: string, day: string) =>
      aDecision(db, org, desk, {
        subjectType: "customer",
        subjectId: id,
        status: "declined",
        createdAt: at("01"),
        decidedAt: at(day),
      });
    const alone = await about("c-1", "05");
    const early = await about("c-2", "05");
    const later = await about("c-2", "20");
    const other = await aRefundDesk(db, org);
    await aDecision(db, org, other, { subjectType: "customer", subjectId: "c-1" });
    const subject = (id: string) => ({ subject: { type: "customer", id }, truth: "negative" as const });
    const items: JsonObject[] = [
      subject("c-1"),
      subject("c-2"),
      { ...subject("c-2"), window: { from: at("10").toISOString() } },
      { ...subject("c-2"), window: { from: at("05").toISOString(), to: at("05").toISOString() } },
      { ...subject("c-2"), window: { to: at("04").toISOString() } },
      { ...subject("c-1"), decision_id: alone.id },
      { decision_id: alone.id, truth: "negative" as const, window: {} },
    ];
    const read = await answers(
      key,
      items.map((item) => () => item),
    );
    expect(read.map(({ status }) => status)).toEqual([201, 422, 201, 201, 404, 422, 422]);
    expect(read.map(({ outcome }) => outcome?.decision_id ?? null)).toEqual([
      alone.id,
      null,
      later.id,
      early.id,
      null,
      null,
      null,
    ]);
    expect(read[1]?.error?.errors).toMatchObject([{ pointer: "/subject", code: "ambiguous" }]);
    expect(read[1]?.error?.detail).toContain(early.id);
    expect(read[1]?.error?.detail).toContain(later.id);
    // An admin's word is about every app, so the same subject means two decisions.
    const [both] = await answers(org.admin, [() => subject("c-1")]);
    expect(both?.error?.errors[0]).toMatchObject({ code: "ambiguous" });
    const [named] = await answers(org.admin, [() => ({ ...subject("c-1"), app: desk.app })]);
    expect(named).toMatchObject({ status: 200, replayed: true });
  });
});
