import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { appeals, discrepancies, events, journal } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { recordLabel } from "@/lib/decisions/server/record-label";
import { newId } from "@/lib/kernel/ids";
import { recordOutcome } from "@/lib/feedback/server/record-outcome";
import { giveFeedback } from "@/lib/feedback/server/give-feedback";
import { emit } from "@/lib/server/events";
import { rowsOf } from "@/lib/server/rows";
import { confirmDiscrepancy } from "./confirm-discrepancy";
import { dismissDiscrepancy } from "./dismiss-discrepancy";
import { getDiscrepancy } from "./get-discrepancy";
import { listDiscrepancies } from "./list-discrepancies";
import { openDiscrepancies } from "./open-discrepancies";
import { takeBackDiscrepancy } from "./take-back-discrepancy";
import { aDisputedDesk } from "./testing-discrepancies";

const { db } = await testDatabase();

test("a ruling against the model opens one record, told and journaled; looking again changes nothing", async () => {
  const { decide, rule, look, recordOf, recordsOf } = await aDisputedDesk(db);
  const [disputed, shared] = [await decide(), await decide()];
  await rule(disputed.id, "negative");
  await rule(shared.id, "positive");
  await look();
  const row = await recordOf(disputed.id);
  expect(row).toMatchObject({ status: "open", pairs: "model-reviewer" });
  expect(row.sides).toMatchObject({ model: { truth: "positive" }, reviewer: { truth: "negative" } });
  expect(await recordsOf(shared.id)).toEqual([]);
  await rule(disputed.id, "negative");
  await look();
  expect(await recordOf(disputed.id)).toEqual(row);
  const told = await db.select().from(events).where(eq(events.subject, row.id));
  expect(told.map(({ type }) => type)).toEqual(["discrepancy.opened"]);
  const kept = await db.select().from(journal).where(eq(journal.subject, row.id));
  expect(kept.map(({ action }) => action)).toEqual(["discrepancies.opened"]);
});

test("two workers at once open each record once, and miss none", async () => {
  const { org, decide, turnOut, look } = await aDisputedDesk(db);
  const made = await Promise.all(Array.from({ length: 40 }, () => decide()));
  await openDiscrepancies(org.system);
  for (const { id } of made) await turnOut(id, "negative");
  await Promise.allSettled(Array.from({ length: 8 }, () => openDiscrepancies(org.system)));
  await look();
  const rows = await db.select().from(discrepancies).where(eq(discrepancies.orgId, org.orgId));
  expect(rows.map(({ decisionId }) => decisionId).toSorted()).toEqual(made.map(({ id }) => id).toSorted());
});

test("an event that is committed after later ones is still heard", async () => {
  const { org, decide, rule, turnOut, look, recordsOf } = await aDisputedDesk(db);
  const [late, early] = [await decide(), await decide()];
  await look();
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const { promise: written, resolve: say } = Promise.withResolvers<void>();
  const slow = db.transaction(async (tx) => {
    const outer = { ...org.reviewer, db: tx };
    await recordLabel(outer, { decisionId: late.id, source: "review", truth: "negative", piLabel: 1 });
    await emit(outer, { type: "review.resolved", subject: "rev_slow", decisionId: late.id });
    say();
    await held;
  });
  await written;
  await turnOut(early.id, "negative");
  await rule(early.id, "negative");
  await look();
  expect(await recordsOf(late.id)).toEqual([]);
  release();
  await slow;
  await look();
  expect(await recordsOf(late.id)).toHaveLength(1);
});

test("sides that come to agree dismiss the record by the house, with a sentence; a new conflict brings it back", async () => {
  const { decide, turnOut, look, recordOf } = await aDisputedDesk(db);
  const { id } = await decide();
  await turnOut(id, "negative");
  await look();
  await turnOut(id, "positive");
  await look();
  expect(await recordOf(id)).toMatchObject({
    status: "dismissed",
    note: "All sides agree since the system of record said something else.",
    decidedBy: "system:test",
  });
  await turnOut(id, "negative");
  await look();
  expect(await recordOf(id)).toMatchObject({ status: "open", decidedBy: null });
});

test("a customer's vote is about what was done, and their correction about how", async () => {
  const { key, decide, look, recordOf } = await aDisputedDesk(db);
  const say = (decision: string, body: Parameters<typeof giveFeedback>[1]["body"]) =>
    giveFeedback(key, { params: { decision }, body: { source: "customer", ...body }, header: () => null });
  const declined = await decide({ predicted: "negative" });
  await say(declined.id, { vote: "down", text: "I was owed it" });
  const approved = await decide({ status: "approved" });
  await say(approved.id, { correction: { invoice: "INV-0001", amount: 900, currency: "EUR" } });
  await look();
  expect(await recordOf(declined.id)).toMatchObject({ pairs: "model-customer" });
  expect((await recordOf(approved.id)).sides).toMatchObject({
    customer: { truth: "positive", arguments: { amount: 900 }, said: "correction" },
  });
});

test("an appeal's result is the customer's side, once: the outcome it records is no second voice", async () => {
  const { org, decide, look, recordOf, recordsOf } = await aDisputedDesk(db);
  const answer = async (status: "upheld" | "overturned") => {
    const { id } = await decide({ predicted: "negative" });
    await db.insert(appeals).values({
      id: newId("appeal"),
      orgId: org.orgId,
      decisionId: id,
      tokenHash: id,
      status,
      expiresAt: new Date(Date.now() + 60_000),
      statement: "I was owed it",
      closedAt: new Date(),
      createdBy: "user:test",
    });
    const customer = { ...org.system, actor: { kind: "system", id: "appeals" } as const };
    if (status === "overturned") {
      await recordOutcome(customer, { params: { decision: id }, body: { truth: "positive" } });
    }
    await emit(org.system, { type: `appeal.${status}`, subject: "apl_test", decisionId: id });
    return id;
  };
  const [overturned, upheld] = [await answer("overturned"), await answer("upheld")];
  await look();
  expect(await recordOf(overturned)).toMatchObject({
    pairs: "model-customer",
    sides: { customer: { truth: "positive", said: "overturned", text: "I was owed it" } },
  });
  expect(await recordsOf(upheld)).toEqual([]);
});

test("confirming says the cause as feedback; a later side against it opens it again, one for it does not", async () => {
  const { org, decide, rule, turnOut, look, recordOf } = await aDisputedDesk(db);
  const [kept, contradicted] = [await decide(), await decide()];
  for (const { id } of [kept, contradicted]) await rule(id, "negative");
  await look();
  for (const { id } of [kept, contradicted]) {
    const said = { id: (await recordOf(id)).id, cause: "inference" as const, note: "read it wrongly" };
    const view = await confirmDiscrepancy(org.auditor, said);
    expect(view).toMatchObject({ status: "confirmed", cause: "inference", truth: "negative" });
    expect(view.decided_by).toMatch(/^auditor /);
  }
  const said = await rowsOf(db, sql`select source, cause, text from feedback where decision_id = ${kept.id}`);
  expect(said).toEqual([{ source: "auditor", cause: "inference", text: "read it wrongly" }]);
  await turnOut(kept.id, "negative");
  await turnOut(contradicted.id, "positive");
  await look();
  expect(await recordOf(kept.id)).toMatchObject({ status: "confirmed" });
  expect(await recordOf(contradicted.id)).toMatchObject({
    status: "open",
    cause: null,
    note: "Opened again: the system of record says otherwise now.",
  });
});

test("of two who decide at once, one is told that it is decided", async () => {
  const { org, decide, turnOut, look, recordOf } = await aDisputedDesk(db);
  const { id: decision } = await decide();
  await turnOut(decision, "negative");
  await look();
  const { id } = await recordOf(decision);
  const both = await Promise.allSettled([
    confirmDiscrepancy(org.auditor, { id, cause: "input" }),
    dismissDiscrepancy(org.admin, { id, note: "nothing in it" }),
  ]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "conflict" } });
  expect((await takeBackDiscrepancy(org.admin, { id })).status).toBe("open");
});

test("reviewers look and do not decide; whoever ruled on it does not; another organisation sees nothing", async () => {
  const { org, decide, rule, look, recordOf } = await aDisputedDesk(db);
  const { id: decision } = await decide();
  await rule(decision, "negative");
  await look();
  const { id } = await recordOf(decision);
  expect((await getDiscrepancy(org.reviewer, { id })).sides.map(({ side }) => side)).toEqual([
    "model",
    "reviewer",
  ]);
  await expect(confirmDiscrepancy(org.reviewer, { id, cause: "input" })).rejects.toMatchObject({
    kind: "forbidden",
  });
  const promoted = {
    ...org.reviewer,
    actor: { ...org.reviewer.actor, role: "auditor" },
  } as typeof org.reviewer;
  await expect(confirmDiscrepancy(promoted, { id, cause: "input" })).rejects.toMatchObject({
    code: "own_side",
  });
  const stranger = (await aDisputedDesk(db)).org.auditor;
  await expect(confirmDiscrepancy(stranger, { id, cause: "input" })).rejects.toMatchObject({
    kind: "not_found",
  });
  expect((await listDiscrepancies(stranger, { limit: 10 })).data).toEqual([]);
});

test("an auditor who is still to answer blind is told nothing of who said what", async () => {
  const { org, decide, turnOut, look, recordOf } = await aDisputedDesk(db);
  const { id: decision } = await decide({ auditPending: true, auditDrawn: true });
  await turnOut(decision, "negative");
  await look();
  const { id } = await recordOf(decision);
  await expect(getDiscrepancy(org.auditor, { id })).rejects.toMatchObject({ code: "answer_first" });
  expect((await listDiscrepancies(org.auditor, { limit: 10 })).data).toEqual([]);
  expect(
    (await listDiscrepancies(org.admin, { limit: 10, pair: "model-system_of_record" })).data,
  ).toHaveLength(1);
});
