import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "@/db/client";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { workerLoops } from "./loops";

const { db, url } = await testDatabase();

/** Enough that reading a table from end to end is dearer than any index that fits. */
const many = 20_000;
/** What grows with every decision; nearly all of it is over, as after some months. */
const long = ["decisions", "events", "executions", "journal", "labels", "reviews"];

/** A connection that no pool counts: what the loops read is told apart from what is asked about it. */
const beside = new pg.Client({ connectionString: url });

beforeAll(async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  await beside.connect();
  await beside.query("set session_replication_role = replica; set statement_timeout = 0");
  for (const statement of past(org.orgId, desk)) await beside.query(statement);
  await beside.query(`vacuum (analyze) ${long.join(", ")}`);
}, 240_000);
afterAll(() => beside.end());

const past = (
  org: string,
  { app, type, queue, connector, action }: Awaited<ReturnType<typeof aRefundDesk>>,
) => [
  `insert into decisions (id, org_id, app_id, type_id, request_hash, input, arguments, predicted, rationale, confidence, model,
      prompt_version, amount, currency, livemode, status, route, reasons, level, threshold, pi_label, pi_ref, draw_u, audit_drawn,
      audit_pending, action_digest, decided_by, decided_at, submitted_by, created_at, updated_at, truth, truth_source, truth_pi)
    select 'dec_' || lpad(i::text, 26, '0'), '${org}', '${app}', '${type}', md5(i::text) || md5(i::text),
      '{"message": "I was charged twice for one order, please refund one of the two."}',
      '{"invoice": "INV-1", "amount": 1800, "currency": "EUR"}', 'positive', 'Twice on one day.', 0.8,
      '{"provider": "test", "name": "model-1"}', 'v1', 1800, 'EUR', false, 'approved', 'review', '[]', 'auto', 0.95, 1, 0.1, 0.5,
      false, false, md5(i::text) || md5(i::text), 'user:usr_test', t.at, 'key:test', t.at, t.at, 'positive', 'review', 1
    from generate_series(1, ${many}) i cross join lateral (select now() - interval '1 hour' - i * interval '20 minutes' as at) t`,
  `insert into reviews (id, org_id, decision_id, queue_id, app_id, type_id, status, due_at, verdict, resolved_by, resolved_at, created_at)
    select replace(id, 'dec', 'rev'), org_id, id, '${queue}', app_id, type_id, 'resolved', created_at, 'approve', decided_by,
      created_at, created_at from decisions`,
  `insert into executions (id, org_id, decision_id, app_id, type_id, connector_id, action_id, connector_class, connector_version,
      action_key, arguments, action_digest, amount, currency, status, attempt, fence, first_sent_at, last_sent_at, settled_at,
      external_reference, created_at, updated_at)
    select replace(id, 'dec', 'exe'), org_id, id, app_id, type_id, '${connector}', '${action}', 'A', 1, 'exec_' || id, arguments,
      action_digest, amount, currency, 'succeeded', 1, 1, created_at, created_at, created_at, 're_1', created_at, created_at
    from decisions`,
  `insert into labels (id, org_id, decision_id, source, truth, pi_label, actor, created_at)
    select replace(id, 'dec', 'lab'), org_id, id, 'review', 'positive', 1, 'user:usr_test', created_at from decisions`,
  `insert into events (org_id, type, subject, decision_id, data, at)
    select org_id, 'decision.created', id, id, '{}', created_at from decisions, generate_series(1, 4) order by created_at`,
  `insert into journal (org_id, seq, at, actor, action, subject, entry, prev, hash)
    select org_id, 1000 + row_number() over (order by created_at), created_at, 'key:test', 'decision.created', id, '{}',
      repeat('0', 64), repeat('0', 64) from decisions`,
];

/** How often each of the long tables was read from end to end so far. */
async function scans(): Promise<Map<string, number>> {
  const { rows } = await beside.query<{ name: string; scans: string }>(
    "select relname as name, seq_scan as scans from pg_stat_user_tables where relname = any ($1)",
    [long],
  );
  return new Map(rows.map(({ name, scans: count }) => [name, Number(count)]));
}

/** Runs a loop once on a connection of its own, which ends, so that all it read is counted. */
async function readFromEndToEnd(name: string): Promise<string[]> {
  const before = await scans();
  const { db: own, close } = connect(url, { max: 2 });
  const loop = workerLoops(own, { workerId: "test" }).find((one) => one.name === name);
  await loop?.run();
  await loop?.drain?.();
  await close();
  await expect.poll(connected, { timeout: 20_000 }).toBeLessThanOrEqual(idle);
  const after = await scans();
  return long.filter((table) => (after.get(table) ?? 0) > (before.get(table) ?? 0));
}

async function connected(): Promise<number> {
  const { rows } = await beside.query<{ open: number }>(
    "select count(*)::int as open from pg_stat_activity where datname = current_database() and backend_type = 'client backend'",
  );
  return rows[0]?.open ?? 0;
}

/** What a loop does first of all, reading on from the first event or making the day's comparison, is done by then. */
async function catchUp(): Promise<void> {
  for (const loop of workerLoops(db, { workerId: "test" })) {
    // Some only make their mark the first time, and say that nothing is left.
    for (let round = 0; round < 200; round += 1) if ((await loop.run()) === 0 && round > 0) break;
    await loop.drain?.();
  }
}

let idle = 0;
const names = workerLoops(db, { workerId: "test" }).map(({ name }) => name);

test(
  "no loop of the worker reads a long table from end to end while nothing waits",
  { timeout: 240_000 },
  async () => {
    await catchUp();
    idle = await connected();
    const found: Record<string, string[]> = {};
    for (const name of names) {
      const tables = await readFromEndToEnd(name);
      if (tables.length > 0) found[name] = tables;
    }
    expect(found).toEqual({});
  },
);

test("a loop that has no index to read by is found out", async () => {
  const { rows } = await beside.query<{ name: string }>(
    `select i.indexrelid::regclass::text as name from pg_index i where i.indrelid = 'reviews'::regclass
      and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
  );
  for (const { name } of rows) await beside.query(`drop index ${name}`);
  expect(await readFromEndToEnd("reviews.commit_due_verdicts")).toContain("reviews");
});
