import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { callbacks } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { setCallbackSecret } from "@/lib/apps/server/set-callback-secret";
import { signWebhook } from "@/lib/server/standard-webhooks";
import { callbackBytes } from "../callback";
import { executionRow, somePending } from "./testing";
import { aReportingDesk, nowSeconds } from "./testing-callbacks";

const { db } = await testDatabase();

describe("who may report", () => {
  const refused = { status: 401, body: { code: "invalid_signature" } };

  test("nobody without the secret, with an old or future time, or with a changed body", async () => {
    const { id, key, report, done, secret } = await aReportingDesk(db);
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
    const { org, report, done } = await aReportingDesk(db);
    const silent = await aRefundDesk(db, org);
    for (const connector of ["con_nowhere", silent.connector]) {
      const answer = await report(done, { connector });
      expect(answer).toMatchObject(refused);
      expect(answer.body.detail).toBe("The signature is missing, wrong, or too old.");
    }
  });

  test("while the secret is replaced both sign; after the next change the oldest does not", async () => {
    const { org, desk, report, done, secret } = await aReportingDesk(db);
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
    const { org, desk, secret } = await aReportingDesk(db);
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
    const { org, desk, report } = await aReportingDesk(db);
    const stranger = await aReportingDesk(db);
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
    const { org, desk, key, report } = await aReportingDesk(db);
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
    const { report } = await aReportingDesk(db);
    expect(await report(body)).toMatchObject({ status, body: { code } });
  });
});
