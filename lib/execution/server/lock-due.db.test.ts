import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { stops } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { rowsOf } from "@/lib/server/rows";
import { claimExecutions } from "./claim-executions";
import { returnToReview } from "./return-to-review";
import { claimSome } from "./testing";
import { manyPending } from "./testing-load";

const { db } = await testDatabase();
const waiting = Number(process.env.COUNTERSIGN_WAITING_ROWS ?? 20_000);

/** Copies one pending execution of a desk, behind the triggers' back, so that very many wait. */
async function waitInDroves(executionId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`insert into executions (id, org_id, decision_id, app_id, type_id, connector_id, action_id,
        connector_class, connector_version, action_key, arguments, action_digest, next_at)
      select id || '_' || n, org_id, decision_id || '_' || n, app_id, type_id, connector_id, action_id,
        connector_class, connector_version, action_key || '_' || n, arguments, action_digest, next_at - interval '1 hour'
      from executions, generate_series(1, ${waiting}) n where id = ${executionId}`);
  });
  await db.execute(sql`analyze executions`);
}

/** What a claim reads of the executions, in rows, and how long it takes. */
async function costOfAClaim(org: Awaited<ReturnType<typeof anOrg>>) {
  return db.transaction(async (tx) => {
    const began = performance.now();
    const request = { workerId: "worker:test", limit: 50, leaseMs: 30_000 };
    const { sends } = await claimExecutions({ ...org.system, db: tx }, request);
    const ms = performance.now() - began;
    const [read] = await rowsOf<{ rows: number }>(
      tx,
      sql`select (idx_tup_fetch + seq_tup_read)::int as rows from pg_stat_xact_user_tables where relname = 'executions'`,
    );
    return { sends, rows: read?.rows ?? 0, ms };
  });
}

test(`${waiting.toLocaleString("en")} waiting rows of a stopped type cost a claim of the others nothing`, async () => {
  const org = await anOrg(db);
  const stopped = await aRefundDesk(db, org);
  const other = await aRefundDesk(db, org);
  const [first = ""] = await manyPending(db, org, stopped, [{}]);
  await waitInDroves(first);
  await db.update(stops).set({ active: true }).where(eq(stops.scopeId, stopped.type));
  const ids = await manyPending(db, org, other, [{}, {}, {}]);
  const { sends, rows, ms } = await costOfAClaim(org);
  process.stdout.write(`a claim beside ${waiting} stopped rows: ${rows} rows read, ${ms.toFixed(1)} ms\n`);
  expect(sends.map((claimed) => claimed.executionId).toSorted()).toEqual(ids.toSorted());
  expect(rows).toBeLessThan(60);
});

test("every lane has its share of a claim, the longest due first", async () => {
  const org = await anOrg(db);
  const busy = await aRefundDesk(db, org);
  const quiet = await aRefundDesk(db, org);
  await manyPending(
    db,
    org,
    busy,
    Array.from({ length: 40 }, () => ({})),
  );
  await db.execute(
    sql`update executions set next_at = next_at - interval '1 minute' where app_id = ${busy.app}`,
  );
  const [one = ""] = await manyPending(db, org, quiet, [{}]);
  const first = await claimSome(org, { limit: 10 });
  expect(first.sends).toHaveLength(10);
  const claimed = [...first.sends];
  for (let round = 0; round < 4; round++) claimed.push(...(await claimSome(org, { limit: 10 })).sends);
  expect(claimed).toHaveLength(41);
  expect(claimed.at(-1)?.executionId).toBe(one);
});

test("what is held is left alone until its time, and the database refuses an early claim", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const heldUntil = new Date(Date.now() + 3_600_000);
  const [held = ""] = await manyPending(db, org, desk, [{ heldUntil }]);
  expect((await claimSome(org)).sends).toEqual([]);
  await db.execute(sql`update executions set next_at = now() - interval '1 second' where id = ${held}`);
  expect((await claimSome(org)).sends).toEqual([]);
  const early = db.execute(
    sql`update executions set status = 'in_flight', fence = nextval('fence_seq') where id = ${held}`,
  );
  await expect(early).rejects.toMatchObject({ cause: { message: expect.stringContaining("is held until") } });
});

test("a hold that is over is claimed", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const [id = ""] = await manyPending(db, org, desk, [{ heldUntil: new Date(Date.now() - 1000) }]);
  expect((await claimSome(org)).sends.map((claimed) => claimed.executionId)).toEqual([id]);
});

test("an approval that lapsed before it was carried out goes back to a person, unsent", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const [id = ""] = await manyPending(db, org, desk, [{ executeBefore: new Date(Date.now() - 1000) }]);
  const { sends, returns } = await claimSome(org);
  expect(sends).toEqual([]);
  expect(returns).toMatchObject([{ executionId: id, returned: { code: "lapsed" } }]);
  for (const each of returns) expect(await returnToReview(org.system, each)).not.toBeNull();
  const [row] = await rowsOf<{ execution: string; decision: string; code: string }>(
    db,
    sql`select e.status as execution, d.status as decision, r.returned ->> 'code' as code from executions e
      join decisions d on d.id = e.decision_id join reviews r on r.decision_id = d.id where e.id = ${id}`,
  );
  expect(row).toEqual({ execution: "cancelled", decision: "in_review", code: "lapsed" });
});
