import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { systemContext } from "@/lib/identity/server/system-context";
import { rowsOf } from "@/lib/server/rows";
import { stateSentence } from "../words";
import { closeConnectors } from "./connectors/connector-of";
import { receiveCallback } from "./receive-callback";
import { executionRunner } from "./run-executions";
import { aTarget, claimSome, executionRow, letTimePass, somePending } from "./testing";

const { db } = await testDatabase();
const target = await aTarget(() => ({ acts: true, answer: "ok" }), { dedupes: true });
process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = target.host;
afterAll(async () => {
  await closeConnectors();
  target.close();
});

/** An execution that its system took on, and has not reported on yet. */
async function anAccepted(connectorClass: "A" | "C", lookup: "kept" | "none" = "none") {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { connectorClass, baseUrl: target.baseUrl });
  const change = {
    reports_back: true,
    report_within_seconds: 600,
    ...(lookup === "none" ? { lookup: null } : {}),
  };
  await db.execute(sql`update connector_actions set config = config || ${JSON.stringify(change)}::jsonb
    where id = ${desk.action}`);
  const [id = ""] = await somePending(db, org, desk);
  const runner = executionRunner({ workerId: "worker:test" });
  await runner.run(org.system);
  await runner.drain();
  return { org, desk, id };
}

test.each(["A", "C"] as const)(
  "class %s: an accepted act is neither done nor open: its report is awaited for as long as it may take",
  async (connectorClass) => {
    const { org, id } = await anAccepted(connectorClass);
    const row = await executionRow(db, id);
    expect(row).toMatchObject({ status: "unknown", needsPerson: false, settledAt: null });
    expect(
      stateSentence(
        { status: row.status, needs_person: false, attempts: 1, error: row.lastError },
        "Billing",
      ),
    ).toBe("Billing took it on; we wait for its report.");
    const [wait] = await rowsOf<{ seconds: number }>(
      db,
      sql`select extract(epoch from next_at - updated_at)::float8 as seconds from executions where id = ${id}`,
    );
    expect(wait?.seconds).toBeGreaterThanOrEqual(600);
    expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [] });
  },
);

test("no report in time: a person's, and never sent again by itself, though the key would allow it", async () => {
  const { org, id } = await anAccepted("A");
  await letTimePass(db, org);
  expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [], concluded: 1 });
  const row = await executionRow(db, id);
  expect(row).toMatchObject({ status: "unknown", needsPerson: true });
  expect(row.lastError).toContain("never reported");
});

test("no report in time from a system that can be asked: it is asked", async () => {
  const { org, id } = await anAccepted("A", "kept");
  await letTimePass(db, org);
  expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [id] });
});

test.each(["succeeded", "failed"] as const)("its report settles it: %s", async (status) => {
  const { org, desk, id } = await anAccepted("C");
  const { actionKey } = await executionRow(db, id);
  const body = { action_key: actionKey, status, reference: "wh_1" };
  const view = await receiveCallback(systemContext(db, org.orgId, "callback"), {
    sender: { id: desk.connector, org_id: org.orgId, name: "Billing" },
    messageId: `msg_${status}`,
    body,
    text: JSON.stringify(body),
  });
  expect(view).toMatchObject({ effect: "settled", execution_id: id });
  expect(await executionRow(db, id)).toMatchObject({ status, needsPerson: false, externalReference: "wh_1" });
});
