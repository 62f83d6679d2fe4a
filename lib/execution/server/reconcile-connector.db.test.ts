import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { attempts, events, executions, journal, reconciliations } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg, type TestOrg } from "@/db/testing-fixtures";
import { closeConnectors } from "./connectors/connector-of";
import { getReconciliation, listReconciliations } from "./list-reconciliations";
import { reconcileConnector } from "./reconcile-connector";
import { reconcileNightly } from "./reconcile-nightly";
import { resolveExecution } from "./resolve-execution";
import { settleExecutions } from "./settle-executions";
import { startReconciliation } from "./start-reconciliation";
import { claimSome, executionRow, resultOf, somePending } from "./testing";

const { db } = await testDatabase();

type Item = { id: string; amount: number; created: number; metadata: { action_key?: string } };
/** What a target's ledger holds, newest first, by the path it is asked under; and the answers it gives before. */
const books = new Map<string, Item[]>();
const refusals: (number | null)[] = [];
const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://x");
  const say = (status: number, body: object) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  const refused = refusals.shift() ?? null;
  if (refused !== null) return say(refused, { error: "no" });
  const all = books.get(url.pathname.split("/")[1] ?? "") ?? [];
  const key = url.searchParams.get("metadata[action_key]");
  if (key !== null) return say(200, { data: all.filter((item) => item.metadata.action_key === key) });
  const after = url.searchParams.get("starting_after");
  const from = after === null ? 0 : all.findIndex((item) => item.id === after) + 1;
  return say(200, { data: all.slice(from, from + 2), has_more: all.length > from + 2 });
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = `127.0.0.1:${port}`;
afterAll(async () => {
  await closeConnectors();
  server.closeAllConnections();
  server.close();
});

const ledger = {
  path: "/v1/refunds?limit=2",
  time_format: "unix",
  items_pointer: "/data",
  key_pointer: "/metadata/action_key",
  reference_pointer: "/id",
  amount_pointer: "/amount",
  time_pointer: "/created",
  next: { by: "last_item", parameter: "starting_after", pointer: "/id", has_more_pointer: "/has_more" },
};
let refunds = 0;

async function aLedgerDesk({ lookup = true } = {}) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { baseUrl: `http://127.0.0.1:${port}/${org.orgId}` });
  await db.execute(sql`update connector_actions set config = config || ${JSON.stringify({ ledger })}::jsonb
    where id = ${desk.action}`);
  if (!lookup) {
    await db.execute(
      sql`update connector_actions set config = config || '{"lookup": null}' where id = ${desk.action}`,
    );
  }
  const items: Item[] = [];
  books.set(org.orgId, items);
  const post = (key: string | undefined, more: Partial<Item> = {}) =>
    items.unshift({
      id: `re_${(refunds += 1)}`,
      amount: 1800,
      created: Math.floor(Date.now() / 1000),
      metadata: key === undefined ? {} : { action_key: key },
      ...more,
    });
  return { org, desk, post };
}

/** Executions that were sent and answered so, with their keys. */
async function sent(
  { org, desk }: { org: TestOrg; desk: Awaited<ReturnType<typeof aRefundDesk>> },
  answers: (number | "no_answer")[],
) {
  const ids = await somePending(db, org, desk, answers.length);
  const { sends } = await claimSome(org);
  const results = sends.map((claimed) => {
    const answer = answers[ids.indexOf(claimed.executionId)] ?? 200;
    return { ...resultOf(claimed, answer), nextInMs: 600_000 };
  });
  await settleExecutions(org.system, results);
  return Promise.all(ids.map(async (id) => ({ id, key: (await executionRow(db, id)).actionKey })));
}

async function reconcile(org: TestOrg, connector: string, more: { from?: string; to?: string } = {}) {
  const { id } = await startReconciliation(org.reviewer, { connector, ...more });
  expect(await reconcileConnector(org.system)).toBe(1);
  return getReconciliation(org.auditor, { id });
}

const statusOf = async (id: string) => (await executionRow(db, id)).status;

test("both sides alike: everything matches, over several pages, and nothing changes", async () => {
  const made = await aLedgerDesk();
  const { org, desk, post } = made;
  const all = await sent(made, [200, 200, 200, 200, 200]);
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
    const made = await aLedgerDesk();
    const [lost, kept] = await sent(made, [200, 200]);
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
    const made = await aLedgerDesk();
    const [one] = await sent(made, [200]);
    // Out of the list's time, but there for whoever asks by key.
    made.post(one?.key, { created: 1000 });
    const report = await reconcile(made.org, made.desk.connector);
    expect(report).toMatchObject({ matched: 1, findings: { counts: {} } });
    expect(await statusOf(one?.id ?? "")).toBe("succeeded");
  });

  test("a look-up without a clear answer disputes nothing, and is listed", async () => {
    const made = await aLedgerDesk();
    const [one] = await sent(made, [200]);
    // The list is answered, the look-up is not.
    refusals.push(null, 500);
    const report = await reconcile(made.org, made.desk.connector);
    expect(report.findings.counts).toEqual({ missing_there: 1 });
    expect(await statusOf(one?.id ?? "")).toBe("succeeded");
  });

  test("refused or cancelled here and there all the same: disputed, never flipped", async () => {
    const made = await aLedgerDesk();
    const [refused] = await sent(made, [402]);
    const [taken = ""] = await somePending(db, made.org, made.desk);
    await db.execute(sql`update executions set status = 'cancelled' where id = ${taken}`);
    made.post(refused?.key);
    made.post((await executionRow(db, taken)).actionKey);
    const report = await reconcile(made.org, made.desk.connector);
    expect(report.findings.counts).toEqual({ not_done_here: 2 });
    expect(await statusOf(refused?.id ?? "")).toBe("disputed");
    expect(await statusOf(taken)).toBe("disputed");
  });

  test("open here and there: it succeeded, with the target's reference; open here and not there stays open", async () => {
    const made = await aLedgerDesk();
    const [found, open] = await sent(made, ["no_answer", "no_answer"]);
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
    const made = await aLedgerDesk();
    const [twice, dearer] = await sent(made, [200, 200]);
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
    const made = await aLedgerDesk();
    const [lost] = await sent(made, [200]);
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
    const made = await aLedgerDesk();
    const [one] = await sent(made, [200]);
    refusals.push(403);
    const report = await reconcile(made.org, made.desk.connector);
    expect(report).toMatchObject({ status: "failed", error: "It answered 403", findings: { counts: {} } });
    expect(await statusOf(one?.id ?? "")).toBe("succeeded");
  });

  test("a passing failure is tried again", async () => {
    const made = await aLedgerDesk();
    const [one] = await sent(made, [200]);
    made.post(one?.key);
    refusals.push(503, 500);
    expect(await reconcile(made.org, made.desk.connector)).toMatchObject({ status: "done", matched: 1 });
  });

  test("an answer without the list is no empty ledger", async () => {
    const made = await aLedgerDesk({ lookup: false });
    const [one] = await sent(made, [200]);
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

describe("when", () => {
  test("once a night for each connector with a ledger, whoever calls, from where the last one ended", async () => {
    const made = await aLedgerDesk();
    await aRefundDesk(db, made.org);
    const written = await Promise.all(Array.from({ length: 5 }, () => reconcileNightly(made.org.system)));
    expect(written.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect(await reconcileConnector(made.org.system)).toBe(1);
    expect(await reconcileNightly(made.org.system)).toBe(0);
    const yesterday = sql`now() - interval '1 day'`;
    await db
      .update(reconciliations)
      .set({ createdAt: yesterday })
      .where(eq(reconciliations.orgId, made.org.orgId));
    expect(await reconcileNightly(made.org.system)).toBe(1);
    const { data } = await listReconciliations(made.org.auditor, { limit: 10 });
    expect(data).toHaveLength(2);
    expect(data[0]?.from).toBe(data[1]?.to);
  });

  test("of two workers one does it; one whose worker died is done by another", async () => {
    const made = await aLedgerDesk();
    const { id } = await startReconciliation(made.org.admin, { connector: made.desk.connector });
    const both = await Promise.all([
      reconcileConnector(made.org.system),
      reconcileConnector(made.org.system),
    ]);
    expect(both.reduce((sum, each) => sum + each, 0)).toBe(1);
    await db.update(reconciliations).set({ status: "running" }).where(eq(reconciliations.id, id));
    await db.execute(
      sql`update reconciliations set lease_until = now() + interval '1 minute' where id = ${id}`,
    );
    expect(await reconcileConnector(made.org.system)).toBe(0);
    await db.execute(
      sql`update reconciliations set lease_until = now() - interval '1 second' where id = ${id}`,
    );
    expect(await reconcileConnector(made.org.system)).toBe(1);
  });

  test("asked for twice it waits once; a connector without a ledger and a month too long are refused", async () => {
    const made = await aLedgerDesk();
    const plain = await aRefundDesk(db, made.org);
    const ask = (more: object) =>
      startReconciliation(made.org.reviewer, { connector: made.desk.connector, ...more });
    const first = await ask({});
    expect(await ask({})).toEqual(first);
    await expect(ask({ connector: plain.connector })).rejects.toMatchObject({ code: "no_ledger" });
    await expect(ask({ from: "2020-01-01T00:00:00Z" })).rejects.toMatchObject({ kind: "invalid" });
    await expect(
      startReconciliation(made.org.auditor, { connector: made.desk.connector }),
    ).rejects.toMatchObject({ kind: "forbidden" });
    const other = await anOrg(db);
    await expect(startReconciliation(other.admin, { connector: made.desk.connector })).rejects.toMatchObject({
      kind: "not_found",
    });
    await expect(getReconciliation(other.admin, { id: first.id })).rejects.toMatchObject({
      kind: "not_found",
    });
  });

  test("its end is an event and a journal entry with the figures", async () => {
    const made = await aLedgerDesk();
    await sent(made, [200]);
    const { id } = await reconcile(made.org, made.desk.connector);
    const [told] = await db.select().from(events).where(eq(events.subject, id));
    expect(told).toMatchObject({ type: "reconciliation.finished", data: { ours: 1, theirs: 0 } });
    const entries = await db.select().from(journal).where(eq(journal.subject, id));
    expect(entries.map(({ action }) => action)).toEqual(["reconciliation.asked", "reconciliation.finished"]);
    expect(await db.select().from(executions).where(eq(executions.status, "in_flight"))).toEqual([]);
  });
});
