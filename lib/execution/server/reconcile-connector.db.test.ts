import { and, eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { attempts, events } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { closeConnectors } from "./connectors/connector-of";
import { resolveExecution } from "./resolve-execution";
import { executionRow, somePending } from "./testing";
import { cancelUnsent } from "./testing-callbacks";
import { aLedgerDesk, ledger, reconcile, refusals, sent } from "./testing-ledger";

const { db } = await testDatabase();
afterAll(closeConnectors);
const statusOf = async (id: string) => (await executionRow(db, id)).status;

test("both sides alike: everything matches, over several pages, and nothing changes", async () => {
  const made = await aLedgerDesk(db);
  const { org, desk, post } = made;
  const all = await sent(db, made, [200, 200, 200, 200, 200]);
  for (const { key } of all) post(key);
  post(undefined);
  const report = await reconcile(org, desk.connector);
  expect(report).toMatchObject({
    status: "done",
    matched: 5,
    findings: { ours: 5, theirs: 5, foreign: 1, counts: {}, items: [] },
    error: null,
  });
  expect(await db.select().from(attempts).where(eq(attempts.kind, "ledger"))).toEqual([]);
});

describe("what differs", () => {
  test("done here and not there: disputed, with the evidence, once a look-up finds nothing either", async () => {
    const made = await aLedgerDesk(db);
    const [lost, kept] = await sent(db, made, [200, 200]);
    made.post(kept?.key);
    const report = await reconcile(made.org, made.desk.connector);
    expect(report).toMatchObject({
      matched: 1,
      findings: { ours: 2, theirs: 1, counts: { missing_there: 1 }, items: [{ execution_id: lost?.id }] },
    });
    expect(await executionRow(db, lost?.id ?? "")).toMatchObject({
      status: "disputed",
      needsPerson: true,
      lastError: "Billing's ledger has nothing of it; our record says succeeded",
    });
    const told = await db
      .select()
      .from(events)
      .where(eq(events.subject, lost?.id ?? ""));
    expect(told.map(({ type }) => type)).toContain("execution.disputed");
    const [evidence] = await db
      .select()
      .from(attempts)
      .where(and(eq(attempts.executionId, lost?.id ?? ""), eq(attempts.kind, "ledger")));
    expect(evidence).toMatchObject({ outcome: "absent" });
  });

  test("a list that lags is not believed over the system's own look-up", async () => {
    const made = await aLedgerDesk(db);
    const [one] = await sent(db, made, [200]);
    // Out of the list's time, but there for whoever asks by key.
    made.post(one?.key, { created: 1000 });
    const report = await reconcile(made.org, made.desk.connector);
    expect(report).toMatchObject({ matched: 1, findings: { counts: {} } });
    expect(await statusOf(one?.id ?? "")).toBe("succeeded");
  });

  test("a look-up without a clear answer disputes nothing, and is listed", async () => {
    const made = await aLedgerDesk(db);
    const [one] = await sent(db, made, [200]);
    // The list is answered, the look-up is not.
    refusals.push(null, 500);
    const report = await reconcile(made.org, made.desk.connector);
    expect(report.findings.counts).toEqual({ missing_there: 1 });
    expect(await statusOf(one?.id ?? "")).toBe("succeeded");
  });

  test("refused or cancelled here and there all the same: disputed, never flipped", async () => {
    const made = await aLedgerDesk(db);
    const [refused] = await sent(db, made, [402]);
    const [taken = ""] = await somePending(db, made.org, made.desk);
    await cancelUnsent(db, taken);
    made.post(refused?.key);
    made.post((await executionRow(db, taken)).actionKey);
    const report = await reconcile(made.org, made.desk.connector);
    expect(report.findings.counts).toEqual({ not_done_here: 2 });
    expect(await statusOf(refused?.id ?? "")).toBe("disputed");
    expect(await statusOf(taken)).toBe("disputed");
  });

  test("open here and there: it succeeded, with the target's reference; open here and not there stays open", async () => {
    const made = await aLedgerDesk(db);
    const [found, open] = await sent(db, made, ["no_answer", "no_answer"]);
    made.post(found?.key, { id: "re_found" });
    const report = await reconcile(made.org, made.desk.connector);
    expect(report.findings.counts).toEqual({ found_there: 1, open: 1 });
    expect(await executionRow(db, found?.id ?? "")).toMatchObject({
      status: "succeeded",
      externalReference: "re_found",
      needsPerson: false,
    });
    expect(await statusOf(open?.id ?? "")).toBe("unknown");
  });

  test("twice there: disputed; another amount, an unknown key and what was never sent: listed", async () => {
    const made = await aLedgerDesk(db);
    const [twice, dearer] = await sent(db, made, [200, 200]);
    const [waits = ""] = await somePending(db, made.org, made.desk);
    await db.execute(sql`alter table executions disable trigger executions_guard`);
    await db.execute(
      sql`update executions set amount = 1800, currency = 'EUR' where org_id = ${made.org.orgId}`,
    );
    await db.execute(sql`alter table executions enable trigger executions_guard`);
    made.post(twice?.key);
    made.post(twice?.key);
    made.post(dearer?.key, { amount: 1900 });
    made.post("exec_of_nobody");
    made.post((await executionRow(db, waits)).actionKey);
    const report = await reconcile(made.org, made.desk.connector);
    expect(report.findings.counts).toEqual({ doubled: 1, amount_differs: 1, unknown_key: 1, unsent: 1 });
    expect(report.findings.items.find(({ kind }) => kind === "unknown_key")).toMatchObject({
      key: "exec_of_nobody",
      execution_id: null,
    });
    expect(await statusOf(twice?.id ?? "")).toBe("disputed");
    expect(await statusOf(waits)).toBe("pending");
  });

  test("what a person has settled is not asked about again every night", async () => {
    const made = await aLedgerDesk(db);
    const [lost] = await sent(db, made, [200]);
    await reconcile(made.org, made.desk.connector);
    const note = "It stands in their archive";
    await resolveExecution(made.org.admin, {
      id: lost?.id ?? "",
      status: "succeeded",
      reference: null,
      note,
    });
    const again = await reconcile(made.org, made.desk.connector);
    expect(again.findings.counts).toEqual({ settled_by_person: 1 });
    expect(await statusOf(lost?.id ?? "")).toBe("succeeded");
  });
});

describe("a ledger that cannot be read whole", () => {
  test("says nothing about anything: it fails, and nothing is disputed", async () => {
    const made = await aLedgerDesk(db);
    const [one] = await sent(db, made, [200]);
    refusals.push(403);
    const report = await reconcile(made.org, made.desk.connector);
    expect(report).toMatchObject({ status: "failed", error: "It answered 403", findings: { counts: {} } });
    expect(await statusOf(one?.id ?? "")).toBe("succeeded");
  });

  test("a passing failure is tried again", async () => {
    const made = await aLedgerDesk(db);
    const [one] = await sent(db, made, [200]);
    made.post(one?.key);
    refusals.push(503, 500);
    expect(await reconcile(made.org, made.desk.connector)).toMatchObject({ status: "done", matched: 1 });
  });

  test("an answer without the list is no empty ledger", async () => {
    const made = await aLedgerDesk(db, { lookup: false });
    const [one] = await sent(db, made, [200]);
    const other = JSON.stringify({ ledger: { ...ledger, items_pointer: "/items" } });
    await db.execute(
      sql`update connector_actions set config = config || ${other}::jsonb where id = ${made.desk.action}`,
    );
    expect(await reconcile(made.org, made.desk.connector)).toMatchObject({
      status: "failed",
      error: "There is no list at /items",
    });
    expect(await statusOf(one?.id ?? "")).toBe("succeeded");
  });
});
