import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { attempts, callbacks, events, journal } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { setCallbackSecret } from "@/lib/apps/server/set-callback-secret";
import { signWebhook } from "@/lib/server/standard-webhooks";
import { incomingOf } from "@/lib/server/serve";
import { callbackBytes } from "../callback";
import { answerCallbackIn } from "./receive-callback";
import { resolveExecution } from "./resolve-execution";
import { settleExecutions } from "./settle-executions";
import { sweepExecutions } from "./sweep-executions";
import { claimOne, claimSome, executionRow, letTimePass, resultOf, somePending } from "./testing";

const { db } = await testDatabase();
beforeAll(() => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY ??= Buffer.alloc(32, 7).toString("base64");
});

type Send = {
  id?: string;
  secret?: string;
  at?: number;
  headers?: Record<string, string>;
  connector?: string;
};
const nowSeconds = () => Math.floor(Date.now() / 1000);
let messages = 0;

/** A desk whose system reports back, with one execution claimed and under way. */
async function aReportingDesk(connectorClass: "A" | "B" | "C" = "A") {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { connectorClass });
  const { secret } = await setCallbackSecret(org.admin, { connector: desk.connector, keep_previous: true });
  const [id = ""] = await somePending(db, org, desk);
  const claimed = await claimOne(org);
  const key = (await executionRow(db, id)).actionKey;
  async function report(body: object | string, send: Send = {}) {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const message = send.id ?? `msg_${(messages += 1)}`;
    const timestamp = send.at ?? nowSeconds();
    const request = new Request("http://localhost/api/v1/callbacks/x", {
      method: "POST",
      body: text,
      headers: {
        "content-type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signWebhook(send.secret ?? secret ?? "", { id: message, timestamp, body: text }),
        ...send.headers,
      },
    });
    const connector = send.connector ?? desk.connector;
    const {
      status,
      headers,
      body: answer,
    } = await answerCallbackIn(db, incomingOf(request, { connector }, callbackBytes));
    return { status, headers, body: JSON.parse(answer) as Record<string, unknown> };
  }
  const done = { action_key: key, status: "succeeded", reference: "re_9", result: { id: "re_9" } };
  const refused = { action_key: key, status: "failed" };
  return { org, desk, id, key, claimed, secret: secret ?? "", report, done, refused };
}

const eventsOf = async (id: string) =>
  (await db.select().from(events).where(eq(events.subject, id))).map(({ type }) => type);

describe("what a report does", () => {
  test("it settles what is under way, and our own late answer that says the same adds nothing", async () => {
    const { org, id, claimed, report, done } = await aReportingDesk();
    expect(await report(done)).toMatchObject({
      status: 200,
      body: { object: "callback", execution_id: id, effect: "settled", duplicate: false },
    });
    expect(await executionRow(db, id)).toMatchObject({
      status: "succeeded",
      externalReference: "re_9",
      result: { id: "re_9" },
      leaseUntil: null,
      settledAt: expect.any(Date),
    });
    expect(await settleExecutions(org.system, [resultOf(claimed, 200)])).toEqual({ settled: 0, stale: 1 });
    expect(await executionRow(db, id)).toMatchObject({ status: "succeeded", externalReference: "re_9" });
    const log = await db.select().from(attempts).where(eq(attempts.executionId, id));
    expect(log.map(({ kind, outcome }) => `${kind} ${outcome}`).toSorted()).toEqual([
      "callback succeeded",
      "send stale",
    ]);
    expect(await eventsOf(id)).toEqual(["decision.executed"]);
  });

  test("our own answer brings the reference that the report left out", async () => {
    const { org, id, claimed, key, report } = await aReportingDesk();
    await report({ action_key: key, status: "succeeded" });
    await settleExecutions(org.system, [resultOf(claimed, 200)]);
    expect(await executionRow(db, id)).toMatchObject({ status: "succeeded", externalReference: "re_1" });
  });

  test.each([
    ["a refusal reported, our own answer a success", "failed", 200],
    ["a success reported, our own answer a refusal", "succeeded", 402],
  ] as const)("%s: disputed, and never flipped", async (_what, status, answer) => {
    const { org, id, key, claimed, report } = await aReportingDesk();
    await report({ action_key: key, status });
    expect(await executionRow(db, id)).toMatchObject({ status });
    await settleExecutions(org.system, [resultOf(claimed, answer)]);
    const row = await executionRow(db, id);
    expect(row).toMatchObject({ status: "disputed", needsPerson: true });
    expect(row.lastError).toContain(`our record says ${status}`);
    expect(await eventsOf(id)).toContain("execution.disputed");
    const [entry] = await db
      .select()
      .from(journal)
      .where(and(eq(journal.orgId, org.orgId), eq(journal.action, "executions.settled")));
    expect(entry?.entry).toContain(`"disputed":["${id}"]`);
    await resolveExecution(org.reviewer, { id, status: "succeeded", reference: null, note: "It is there" });
    expect((await executionRow(db, id)).status).toBe("succeeded");
  });

  test("no answer of our own after a report changes anything", async () => {
    const { org, id, claimed, report, refused } = await aReportingDesk();
    await report(refused);
    await settleExecutions(org.system, [resultOf(claimed, "no_answer")]);
    expect(await executionRow(db, id)).toMatchObject({
      status: "failed",
      lastError: "Billing reports that nothing happened",
    });
    expect(await sweepExecutions(org.system)).toBe(0);
  });

  test.each(["unknown", "dead"] as const)("it settles what is %s", async (status) => {
    const { org, id, claimed, report, done } = await aReportingDesk("C");
    await settleExecutions(org.system, [{ ...resultOf(claimed, "no_answer"), needsPerson: true }]);
    if (status === "dead") await db.execute(sql`update executions set status = 'dead' where id = ${id}`);
    expect((await report(done)).body).toMatchObject({ effect: "settled" });
    expect(await executionRow(db, id)).toMatchObject({ status: "succeeded", needsPerson: false });
  });

  test("the same news again confirms; the contrary disputes; more of it then is kept", async () => {
    const { org, id, claimed, report, done, refused } = await aReportingDesk();
    await settleExecutions(org.system, [resultOf(claimed, 200)]);
    expect((await report(done)).body).toMatchObject({ effect: "confirmed" });
    expect((await report(refused)).body).toMatchObject({ effect: "disputed" });
    expect(await executionRow(db, id)).toMatchObject({
      status: "disputed",
      lastError: "Billing reports that nothing happened; our record says succeeded",
    });
    expect((await report(done)).body).toMatchObject({ effect: "noted" });
    expect((await executionRow(db, id)).status).toBe("disputed");
  });

  test("of an act that was cancelled unsent it disputes; of one that still waits it calls somebody", async () => {
    const { org, desk, report } = await aReportingDesk();
    const [waits = "", taken = ""] = await somePending(db, org, desk, 2);
    await db.execute(sql`update executions set status = 'cancelled' where id = ${taken}`);
    const says = async (id: string) => (await report({ execution_id: id, status: "succeeded" })).body.effect;
    expect(await says(taken)).toBe("disputed");
    expect(await says(waits)).toBe("unsent");
    expect(await executionRow(db, waits)).toMatchObject({ status: "pending" });
    expect(await eventsOf(waits)).toContain("execution.disputed");
  });

  test("a refusal while a later send is under way is asked for again, and leaves no trace", async () => {
    const { org, id, claimed, report, refused } = await aReportingDesk();
    await settleExecutions(org.system, [resultOf(claimed, "no_answer")]);
    await letTimePass(db, org);
    const second = await claimOne(org);
    const early = await report(refused, { id: "msg_early" });
    expect(early).toMatchObject({ status: 503, body: { code: "send_under_way" } });
    expect(early.headers["Retry-After"]).toBe("60");
    expect(await executionRow(db, id)).toMatchObject({ status: "in_flight" });
    await settleExecutions(org.system, [resultOf(second, "no_answer")]);
    expect((await report(refused, { id: "msg_early" })).body).toMatchObject({
      effect: "settled",
      duplicate: false,
    });
  });
});

describe("once a message", () => {
  test("a second delivery changes nothing and is answered the same", async () => {
    const { org, id, claimed, report, done, refused } = await aReportingDesk();
    await report(done, { id: "msg_same" });
    const again = await report(refused, { id: "msg_same" });
    expect(again).toMatchObject({ status: 200, body: { effect: "settled", duplicate: true } });
    expect((await executionRow(db, id)).status).toBe("succeeded");
    await settleExecutions(org.system, [resultOf(claimed, 200)]);
  });

  test("ten deliveries at once: one counts", async () => {
    const { id, report, done } = await aReportingDesk();
    const all = await Promise.all(Array.from({ length: 10 }, () => report(done, { id: "msg_flood" })));
    expect(all.filter(({ body }) => body.duplicate === false)).toHaveLength(1);
    expect(all.every(({ status }) => status === 200)).toBe(true);
    const log = await db.select().from(attempts).where(eq(attempts.executionId, id));
    expect(log.filter(({ kind }) => kind === "callback")).toHaveLength(1);
    expect((await eventsOf(id)).filter((type) => type === "decision.executed")).toHaveLength(1);
  });

  test("a report and our own answer at once end in one state, and no send is lost or doubled", async () => {
    for (let round = 0; round < 8; round++) {
      const { org, id, claimed, report, done } = await aReportingDesk();
      await Promise.all([report(done), settleExecutions(org.system, [resultOf(claimed, 200)])]);
      expect(await executionRow(db, id)).toMatchObject({ status: "succeeded" });
      expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [] });
    }
  });
});

describe("who may report", () => {
  const refused = { status: 401, body: { code: "invalid_signature" } };

  test("nobody without the secret, with an old or future time, or with a changed body", async () => {
    const { id, key, report, done, secret } = await aReportingDesk();
    expect(await report(done, { secret: `whsec_${Buffer.alloc(32).toString("base64")}` })).toMatchObject(
      refused,
    );
    expect(await report(done, { at: nowSeconds() - 310 })).toMatchObject(refused);
    expect(await report(done, { at: nowSeconds() + 310 })).toMatchObject(refused);
    const other = JSON.stringify({ action_key: key, status: "failed" });
    const signature = signWebhook(secret, { id: "msg_forged", timestamp: nowSeconds(), body: other });
    const forged = await report(done, { id: "msg_forged", headers: { "webhook-signature": signature } });
    expect(forged).toMatchObject(refused);
    expect(await report(done, { headers: { "webhook-signature": "" } })).toMatchObject(refused);
    expect(await report(done, { id: `msg_${"x".repeat(300)}` })).toMatchObject(refused);
    expect((await executionRow(db, id)).status).toBe("in_flight");
    const kept = await db.select().from(callbacks).where(eq(callbacks.executionId, id));
    expect(kept).toEqual([]);
  });

  test("a connector that is not there, or has no secret, answers like a wrong signature", async () => {
    const { org, report, done } = await aReportingDesk();
    const silent = await aRefundDesk(db, org);
    for (const connector of ["con_nowhere", silent.connector]) {
      const answer = await report(done, { connector });
      expect(answer).toMatchObject(refused);
      expect(answer.body.detail).toBe("The signature is missing, wrong, or too old.");
    }
  });

  test("while the secret is replaced both sign; after the next change the oldest does not", async () => {
    const { org, desk, report, done, secret } = await aReportingDesk();
    const second = await setCallbackSecret(org.admin, { connector: desk.connector, keep_previous: true });
    expect(second).toMatchObject({ active: 2, secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) });
    expect(await report(done, { secret })).toMatchObject({ status: 200 });
    expect(await report(done, { secret: second.secret ?? "" })).toMatchObject({ status: 200 });
    const own = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    expect(
      await setCallbackSecret(org.admin, { connector: desk.connector, secret: own, keep_previous: false }),
    ).toMatchObject({ active: 1, secret: null });
    expect(await report(done, { secret: second.secret ?? "" })).toMatchObject(refused);
    expect(await report(done, { secret: own })).toMatchObject({ status: 200 });
  });

  test("only an admin sets the secret, and neither journal nor row shows it", async () => {
    const { org, desk, secret } = await aReportingDesk();
    const set = { connector: desk.connector, keep_previous: true };
    for (const person of [org.reviewer, org.auditor]) {
      await expect(setCallbackSecret(person, set)).rejects.toMatchObject({ kind: "forbidden" });
    }
    await expect(setCallbackSecret((await anOrg(db)).admin, set)).rejects.toMatchObject({
      kind: "not_found",
    });
    const { rows } = (await db.execute(
      sql`select callback_secret || (select string_agg(entry, '') from journal) as text from connectors
        where id = ${desk.connector}`,
    )) as unknown as { rows: { text: string }[] };
    expect(rows[0]?.text).not.toContain(secret.slice(6));
  });
});

describe("what cannot be taken", () => {
  test("an unknown key, and another connector's, answer 404 alike; the message is kept", async () => {
    const { org, desk, report } = await aReportingDesk();
    const stranger = await aReportingDesk();
    const unknown = await report({ action_key: "exec_nothing", status: "succeeded" }, { id: "msg_unknown" });
    const foreign = await report({ action_key: stranger.key, status: "failed" });
    expect(unknown).toMatchObject({ status: 404, body: { code: "unknown_execution" } });
    expect(foreign.body.detail).toBe(unknown.body.detail);
    expect((await executionRow(db, stranger.id)).status).toBe("in_flight");
    const [kept] = await db.select().from(callbacks).where(eq(callbacks.messageId, "msg_unknown"));
    expect(kept).toMatchObject({
      connectorId: desk.connector,
      orgId: org.orgId,
      executionId: null,
      effect: "unknown_execution",
    });
    expect(
      await report({ action_key: "exec_nothing", status: "succeeded" }, { id: "msg_unknown" }),
    ).toMatchObject({
      status: 404,
    });
  });

  test("key and id of two different executions name neither", async () => {
    const { org, desk, key, report } = await aReportingDesk();
    const [other = ""] = await somePending(db, org, desk);
    const both = await report({ action_key: key, execution_id: other, status: "succeeded" });
    expect(both).toMatchObject({ status: 404 });
  });

  test.each<[string, string | object, number, string]>([
    ["not JSON", "{", 400, "malformed_json"],
    ["no status", { action_key: "x" }, 422, "validation_failed"],
    ["a status of its own", { action_key: "x", status: "unknown" }, 422, "validation_failed"],
    ["nothing named", { status: "failed" }, 422, "validation_failed"],
    [
      "a NUL in the reference",
      '{"action_key":"x","status":"failed","reference":"\\u0000"}',
      422,
      "validation_failed",
    ],
    [
      "too much",
      { action_key: "x", status: "failed", result: "y".repeat(callbackBytes) },
      413,
      "body_too_large",
    ],
  ])("%s", async (_what, body, status, code) => {
    const { report } = await aReportingDesk();
    expect(await report(body)).toMatchObject({ status, body: { code } });
  });
});

test("a person's settlement and our own late answer: the contrary is disputed, the same changes nothing", async () => {
  for (const [status, after] of [
    ["failed", "disputed"],
    ["succeeded", "succeeded"],
  ] as const) {
    const { org, id, claimed } = await aReportingDesk("C");
    await letTimePass(db, org);
    await sweepExecutions(org.system);
    await resolveExecution(org.reviewer, { id, status, reference: null, note: "They told me so" });
    await settleExecutions(org.system, [resultOf(claimed, 200)]);
    expect(await executionRow(db, id)).toMatchObject({ status: after });
  }
});
