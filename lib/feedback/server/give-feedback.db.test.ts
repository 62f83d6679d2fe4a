import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { events, feedback, journal } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import type { NewFeedback } from "../schema";
import { giveFeedback } from "./give-feedback";
import { listFeedback } from "./list-feedback";

const { db } = await testDatabase();

async function aStory() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const { id } = await aDecision(db, org, desk);
  return { org, desk, id, key: await org.keyOf(desk.app, ["feedback:write", "decisions:read"]) };
}

function said(decision: string, body: NewFeedback, key?: string) {
  const header = (name: string) => (name === "idempotency-key" ? (key ?? null) : null);
  return { params: { decision }, body, header };
}

test("a customer's word reaches the decision through its app, with an event and a journal entry that quotes nothing", async () => {
  const { org, id, key } = await aStory();
  const text = "I never asked for this";
  const given = await giveFeedback(
    key,
    said(id, { source: "customer", vote: "down", text, cause: "inference" }),
  );
  expect(given.body).toMatchObject({
    decision_id: id,
    source: "customer",
    vote: "down",
    text,
    cause: "inference",
  });
  const [event] = await db.select().from(events).where(eq(events.subject, given.body.id));
  expect(event).toMatchObject({ type: "feedback.created", decisionId: id });
  const [entry] = await db.select().from(journal).where(eq(journal.subject, given.body.id));
  expect(entry?.action).toBe("feedback.given");
  expect(entry?.entry).not.toContain(text);
  await giveFeedback(org.reviewer, said(id, { score: 0.5 }));
  const list = await listFeedback(org.auditor, { params: { decision: id }, query: { limit: 1 } });
  expect([list.data.map(({ source }) => source), list.has_more]).toEqual([["reviewer"], true]);
  const rest = await listFeedback(key, {
    params: { decision: id },
    query: { limit: 5, starting_after: list.data[0]?.id },
  });
  expect(rest.data.map(({ source }) => source)).toEqual(["customer"]);
});

test("a correction must fit the type's own schema, and the pointer says where it does not", async () => {
  const { id, key } = await aStory();
  const right = { invoice: "INV-0001", amount: 900, currency: "EUR" };
  const given = await giveFeedback(key, said(id, { source: "system_of_record", correction: right }));
  expect(given.body.correction).toEqual(right);
  await expect(
    giveFeedback(key, said(id, { source: "system_of_record", correction: { ...right, amount: 0 } })),
  ).rejects.toMatchObject({
    kind: "invalid",
    errors: [{ pointer: "/correction/amount" }],
  });
});

test("a retry with the same Idempotency-Key says nothing twice; another body is refused", async () => {
  const { org, id } = await aStory();
  const both = await Promise.all([
    giveFeedback(org.reviewer, said(id, { vote: "up" }, "k-1")),
    giveFeedback(org.reviewer, said(id, { vote: "up" }, "k-1")),
  ]);
  expect(both[0].body.id).toBe(both[1].body.id);
  expect(both.filter(({ more }) => more.headers?.["Idempotent-Replayed"] === "true")).toHaveLength(1);
  expect(await db.select().from(feedback).where(eq(feedback.orgId, org.orgId))).toHaveLength(1);
  await expect(giveFeedback(org.reviewer, said(id, { vote: "down" }, "k-1"))).rejects.toMatchObject({
    code: "idempotency_key_reused",
  });
});

test("nobody speaks for another, and nobody of another app or organisation speaks at all", async () => {
  const { org, id } = await aStory();
  await expect(
    giveFeedback(org.reviewer, said(id, { source: "customer", vote: "up" })),
  ).rejects.toMatchObject({
    errors: [{ pointer: "/source" }],
  });
  const stranger = (await anOrg(db)).reviewer;
  await expect(giveFeedback(stranger, said(id, { vote: "up" }))).rejects.toMatchObject({ kind: "not_found" });
  const otherDesk = await aRefundDesk(db, org);
  const otherKey = await org.keyOf(otherDesk.app, ["feedback:write", "decisions:read"]);
  const body = { source: "customer", vote: "up" } as const;
  await expect(giveFeedback(otherKey, said(id, body))).rejects.toMatchObject({ kind: "not_found" });
  await expect(
    listFeedback(otherKey, { params: { decision: id }, query: { limit: 5 } }),
  ).rejects.toMatchObject({
    kind: "not_found",
  });
  const reader = await org.keyOf(otherDesk.app, ["decisions:read"]);
  await expect(giveFeedback(reader, said(id, body))).rejects.toMatchObject({ kind: "forbidden" });
});

test("what is quoted must stand in the decision; the offsets are kept with the words", async () => {
  const { org, id } = await aStory();
  const quote = { part: "input", pointer: "/message", quote: "charged twice" } as const;
  const given = await giveFeedback(org.reviewer, said(id, { evidence: [quote] }));
  expect(given.body.evidence).toEqual([{ ...quote, start: 6, end: 19 }]);
  const list = await listFeedback(org.admin, { params: { decision: id }, query: { limit: 5 } });
  expect(list.data[0]?.evidence).toEqual([{ ...quote, start: 6, end: 19 }]);
  await expect(
    giveFeedback(org.reviewer, said(id, { evidence: [quote, { ...quote, start: 5, end: 18 }] })),
  ).rejects.toMatchObject({
    kind: "invalid",
    errors: [{ pointer: "/evidence/1/quote", fix: "They stand there from 6." }],
  });
  expect(await db.select().from(feedback).where(eq(feedback.decisionId, id))).toHaveLength(1);
});
