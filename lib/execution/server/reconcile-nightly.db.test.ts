import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { events, executions, journal, reconciliations } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { closeConnectors } from "./connectors/connector-of";
import { getReconciliation, listReconciliations } from "./list-reconciliations";
import { reconcileConnector } from "./reconcile-connector";
import { reconcileNightly } from "./reconcile-nightly";
import { startReconciliation } from "./start-reconciliation";
import { aLedgerDesk, reconcile, sent } from "./testing-ledger";

const { db } = await testDatabase();
afterAll(closeConnectors);

describe("when a comparison is made", () => {
  test("once a night for each connector with a ledger, whoever calls, from where the last one ended", async () => {
    const made = await aLedgerDesk(db);
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
    const made = await aLedgerDesk(db);
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
    const made = await aLedgerDesk(db);
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
    const made = await aLedgerDesk(db);
    await sent(db, made, [200]);
    const { id } = await reconcile(made.org, made.desk.connector);
    const [told] = await db.select().from(events).where(eq(events.subject, id));
    expect(told).toMatchObject({ type: "reconciliation.finished", data: { ours: 1, theirs: 0 } });
    const entries = await db.select().from(journal).where(eq(journal.subject, id));
    expect(entries.map(({ action }) => action)).toEqual(["reconciliation.asked", "reconciliation.finished"]);
    expect(await db.select().from(executions).where(eq(executions.status, "in_flight"))).toEqual([]);
  });
});
