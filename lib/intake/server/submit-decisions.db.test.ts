import { and, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import {
  connectorActions,
  decisions,
  decisionTypes,
  events,
  executions,
  journal,
  reviews,
  stops,
} from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { canonicalJson } from "@/lib/kernel/canonical";
import type { Context } from "@/lib/server/context";
import { submitDecisions, type Outcome } from "./submit-decisions";
import { aSubmission as aSubmissionOf, created, type Changes } from "./testing-submissions";

const { db } = await testDatabase();
process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";

let org: TestOrg;
let desk: TestDesk;
let key: Context;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org, {
    autonomy: { level: "auto", threshold: 0.9, declineThreshold: 0.9, auditRate: 1, amountCap: 5000 },
  });
  key = await org.keyOf(desk.app, ["decisions:write"]);
});

const aSubmission = (changes?: Changes) => aSubmissionOf(desk, key, changes);

const refusal = (outcome: Outcome | undefined) => {
  if (outcome?.kind !== "refused") throw new Error("was not refused");
  return outcome.error;
};

test("one that runs alone is stored approved, with its execution, event and journal entry, all or none", async () => {
  const outcome = created((await submitDecisions(org.system, [aSubmission()]))[0]);
  const [decision] = await db.select().from(decisions).where(eq(decisions.id, outcome.plan.id));
  const [execution] = await db.select().from(executions).where(eq(executions.decisionId, outcome.plan.id));
  const told = await db.select().from(events).where(eq(events.decisionId, outcome.plan.id));
  const written = await db.select().from(journal).where(eq(journal.orgId, org.orgId));
  expect(decision).toMatchObject({
    status: "approved",
    route: "execute",
    amount: 1800,
    currency: "EUR",
    auditDrawn: true,
    auditPending: true,
    piLabel: 1,
  });
  expect(execution).toMatchObject({
    status: "pending",
    actionDigest: decision?.actionDigest,
    actionKey: `exec_${decision?.id}`,
  });
  expect(told.map((event) => event.type)).toEqual(["decision.created"]);
  expect(written).toHaveLength(1);
  expect(written[0]?.entry).toContain(outcome.plan.id);
});

test("one below the threshold waits for a person with a due time, and has no execution", async () => {
  const outcome = created(
    (await submitDecisions(org.system, [aSubmission({ body: { confidence: 0.5 } })]))[0],
  );
  const [review] = await db.select().from(reviews).where(eq(reviews.decisionId, outcome.plan.id));
  expect(review?.status).toBe("open");
  expect((review?.dueAt?.getTime() ?? 0) - (review?.createdAt.getTime() ?? 0)).toBe(240 * 60_000);
  expect(await db.select().from(executions).where(eq(executions.decisionId, outcome.plan.id))).toEqual([]);
});

test("a stop sends everything to people", async () => {
  await db.update(stops).set({ active: true, reason: "drill" }).where(eq(stops.scopeId, desk.app));
  const outcome = created((await submitDecisions(org.system, [aSubmission()]))[0]);
  expect(outcome.plan.routing).toMatchObject({ route: "review", reasons: [{ code: "app_stop" }] });
});

describe("the same key", () => {
  test("answers the same decision, in one set, in two, and at the same moment", async () => {
    const one = aSubmission({ idempotencyKey: "k1" });
    const together = await submitDecisions(org.system, [one, one]);
    const id = created(together[0]).plan.id;
    expect(together[1]).toMatchObject({ kind: "replayed", decisionId: id });
    expect((await submitDecisions(org.system, [one]))[0]).toMatchObject({ kind: "replayed", decisionId: id });
    const racing = aSubmission({ idempotencyKey: "k2" });
    const all = (
      await Promise.all(Array.from({ length: 20 }, () => submitDecisions(org.system, [racing])))
    ).flat();
    expect(all.filter((outcome) => outcome.kind === "created")).toHaveLength(1);
    expect(all.filter((outcome) => outcome.kind === "replayed")).toHaveLength(19);
    expect(await db.select().from(decisions).where(eq(decisions.idempotencyKey, "k2"))).toHaveLength(1);
  });

  test("with another body is refused and changes nothing", async () => {
    await submitDecisions(org.system, [aSubmission({ idempotencyKey: "k" })]);
    const other = await submitDecisions(org.system, [
      aSubmission({ idempotencyKey: "k", body: { confidence: 0.91 } }),
    ]);
    expect(refusal(other[0])).toMatchObject({ kind: "invalid", code: "idempotency_key_reused" });
    expect(await db.select().from(decisions).where(eq(decisions.idempotencyKey, "k"))).toHaveLength(1);
  });

  test("external_id is a key too, per app", async () => {
    const body = { external_id: "order-1/refund" };
    const first = created((await submitDecisions(org.system, [aSubmission({ body })]))[0]);
    expect((await submitDecisions(org.system, [aSubmission({ body })]))[0]).toMatchObject({
      kind: "replayed",
      decisionId: first.plan.id,
    });
    const elsewhere = await aRefundDesk(db, org);
    const otherKey = await org.keyOf(elsewhere.app, ["decisions:write"]);
    const other = aSubmission({ actor: otherKey.actor, body: { ...body, type: elsewhere.typeKey } });
    expect((await submitDecisions(org.system, [other]))[0]?.kind).toBe("created");
  });

  test("is required in live mode", async () => {
    const bare = await submitDecisions(org.system, [aSubmission({ livemode: true })]);
    expect(refusal(bare[0]).code).toBe("idempotency_key_required");
  });
});

test("a bad one keeps no other out, and says where it is wrong", async () => {
  const outcomes = await submitDecisions(org.system, [
    aSubmission(),
    aSubmission({ body: { type: "no.such" } }),
    aSubmission({ body: { input: { message: 7 } } }),
    aSubmission({ body: { proposal: { arguments: { invoice: "INV-1", amount: 0, currency: "EUR" } } } }),
    aSubmission(),
  ]);
  expect(outcomes.map((outcome) => outcome.kind)).toEqual([
    "created",
    "refused",
    "refused",
    "refused",
    "created",
  ]);
  expect(refusal(outcomes[1]).code).toBe("unknown_decision_type");
  expect(refusal(outcomes[2]).errors[0]?.pointer).toBe("/input/message");
  expect(refusal(outcomes[3]).errors[0]?.pointer).toBe("/proposal/arguments/amount");
  expect(await db.select().from(decisions).where(eq(decisions.orgId, org.orgId))).toHaveLength(2);
});

test("a key without the scope, a person, and another organisation's app are refused", async () => {
  const reader = await org.keyOf(desk.app, ["decisions:read"]);
  const stranger = await anOrg(db);
  const outcomes = await submitDecisions(org.system, [
    aSubmission({ actor: reader.actor }),
    aSubmission({ actor: org.admin.actor }),
  ]);
  expect(outcomes.map((outcome) => refusal(outcome).kind)).toEqual(["forbidden", "forbidden"]);
  expect(refusal((await submitDecisions(stranger.system, [aSubmission()]))[0]).code).toBe(
    "unknown_decision_type",
  );
});

test("what the database refuses fails alone", async () => {
  // A NUL is refused at the edge; here it stands for whatever only the database objects to.
  const outcomes = await submitDecisions(org.system, [
    aSubmission(),
    aSubmission({ body: { input: { message: "a\u0000b" } } }),
    aSubmission(),
  ]);
  expect(outcomes.map((outcome) => outcome.kind)).toEqual(["created", "refused", "created"]);
});

describe("what runs alone", () => {
  test("uses up an approval of its own: one nonce, one end, one amount", async () => {
    const [outcome] = await submitDecisions(org.system, [aSubmission()]);
    const { plan, executionId } = created(outcome);
    const [decision] = await db.select().from(decisions).where(eq(decisions.id, plan.id));
    const [execution] = await db
      .select()
      .from(executions)
      .where(eq(executions.id, executionId ?? ""));
    expect(decision).toMatchObject({ approvals: 1, approvalNonce: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(decision?.approvalExpiresAt).not.toBeNull();
    expect(execution).toMatchObject({
      approvalNonce: decision?.approvalNonce,
      executeBefore: decision?.approvalExpiresAt,
      typeId: decision?.typeId,
      amount: 1800,
      currency: "EUR",
      heldUntil: null,
    });
  });

  test("waits in its undo window", async () => {
    await db.update(connectorActions).set({ config: sql`config || '{"hold_seconds": 60}'` });
    const [outcome] = await submitDecisions(org.system, [aSubmission()]);
    const { executionId } = created(outcome);
    const [execution] = await db
      .select()
      .from(executions)
      .where(eq(executions.id, executionId ?? ""));
    expect(execution?.nextAt).toEqual(execution?.heldUntil);
    expect(Number(execution?.heldUntil) - Number(execution?.createdAt)).toBe(60_000);
  });

  test("carries the defaults its schema names, signed with the rest", async () => {
    await db.update(decisionTypes).set({
      version: 99,
      argumentsSchema: sql`jsonb_set(arguments_schema, '{properties,note}', '{"type": "string", "default": "by Countersign"}')`,
    });
    const [outcome] = await submitDecisions(org.system, [aSubmission()]);
    const { plan, executionId } = created(outcome);
    const [execution] = await db
      .select()
      .from(executions)
      .where(eq(executions.id, executionId ?? ""));
    expect(execution?.arguments).toMatchObject({ invoice: "INV-1", note: "by Countersign" });
    expect(execution?.actionDigest).toBe(plan.digest);
    expect(plan.submission.proposal.arguments).not.toHaveProperty("note");
  });
});

test("a switch of the type or of the connector sends everything to a person", async () => {
  for (const [scope, code] of [
    ["type", "type_stop"],
    ["connector", "connector_stop"],
  ] as const) {
    await db.update(stops).set({ active: false });
    await db.update(stops).set({ active: true }).where(eq(stops.scope, scope));
    const [outcome] = await submitDecisions(org.system, [aSubmission()]);
    expect(created(outcome).plan.routing).toMatchObject({ route: "review", reasons: [{ code }] });
  }
});

test("the journal's entry is canonical and names what was new, nothing else", async () => {
  const [first] = await submitDecisions(org.system, [aSubmission({ idempotencyKey: "a" })]);
  const outcomes = await submitDecisions(org.system, [
    aSubmission({ idempotencyKey: "a" }),
    aSubmission({ idempotencyKey: "b" }),
    aSubmission({ idempotencyKey: "c", body: { confidence: 0.1 } }),
  ]);
  const written = await db
    .select({ entry: journal.entry, subject: journal.subject })
    .from(journal)
    .where(and(eq(journal.orgId, org.orgId), eq(journal.action, "decisions.submitted")))
    .orderBy(journal.id);
  const entries = written.map(({ entry }) => JSON.parse(entry) as { data: { items: string[] } });
  expect(written.map(({ entry }) => entry)).toEqual(entries.map((entry) => canonicalJson(entry)));
  const named = entries.map(({ data }) => data.items.map((line) => line.split(" ")[0]));
  const ids = [first, outcomes[1], outcomes[2]].map((outcome) => created(outcome).plan.id);
  expect(named).toEqual([[ids[0]], [ids[1], ids[2]]]);
  expect(written.map(({ subject }) => subject)).toEqual([ids[0], ids[1]]);
  // Only repeats: nothing happened, nothing is written.
  await submitDecisions(org.system, [aSubmission({ idempotencyKey: "a" })]);
  expect(
    await db.$count(journal, and(eq(journal.orgId, org.orgId), eq(journal.action, "decisions.submitted"))),
  ).toBe(2);
});
