import type pg from "pg";
import type { TestDesk, TestOrg } from "@/db/testing-fixtures";

/** How much is put into a database: reviews that wait, and decisions whose time is over. */
export type Size = { open: number; past: number };
/** The apps of the seed: most decisions are the first one's, few the last one's. */
export type Desks = { common: TestDesk; some: TestDesk; rare: TestDesk };

const filled = ["decisions", "reviews", "executions"];

/**
 * Fills the lists' tables by set, without triggers and with the indexes built at the end: a million rows in minutes.
 * Whatever the size, the mix is the same.
 */
export async function seedLists(
  client: pg.Client,
  org: TestOrg,
  desks: Desks,
  { open, past }: Size,
): Promise<void> {
  await client.query(`set session_replication_role = replica; set statement_timeout = 0;
    set synchronous_commit = off; set maintenance_work_mem = '512MB'`);
  const rebuild = await takeIndexes(client);
  await client.query(deskOf(desks));
  const me = `user:${String(org.reviewer.actor.id)}`;
  await client.query(decisionRows(org.orgId, open, past));
  await client.query(reviewRows(org.orgId, me));
  await client.query(executionRows(org.orgId));
  for (const definition of rebuild) await client.query(definition);
  await client.query("set session_replication_role = origin");
  for (const table of filled) await client.query(`vacuum (analyze) ${table}`);
  await client.query("analyze; checkpoint");
}

/** Drops every index that holds no constraint; answers how to build them again. */
async function takeIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
      where i.indrelid = any ($1::regclass[]) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [filled],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

// 70, 25 and 5 in a hundred.
const deskOf = ({ common, some, rare }: Desks) => `
  create temp table desk (no int primary key, app text, type text, queue text, connector text, action text);
  insert into desk values ${[common, some, rare]
    .map(
      ({ app, type, queue, connector, action }, no) =>
        `(${no}, '${app}', '${type}', '${queue}', '${connector}', '${action}')`,
    )
    .join(", ")};`;

/** Each subject has twenty decisions; of the newest about every other one waits, so that nearly as many
 * wait as asked for. */
const decisionRows = (orgId: string, open: number, past: number) => `
  insert into decisions (id, org_id, app_id, type_id, external_id, request_hash, subject_type, subject_id, input,
    arguments, predicted, rationale, confidence, model, prompt_version, amount, currency, livemode, status, route, reasons,
    level, threshold, pi_label, pi_ref, draw_u, audit_drawn, audit_pending, action_digest, decided_by, decided_at,
    submitted_by, created_at, updated_at)
  select 'dec_' || lpad(i::text, 26, '0'), '${orgId}', k.app, k.type, 'order-' || i, md5(i::text) || md5(i::text),
    'customer', 'cus_' || (i * 7919::bigint % ${Math.max(1, Math.floor((open + past) / 20))}),
    jsonb_build_object('message', 'I was charged twice for order ' || i || ', please refund one of the two payments.'),
    jsonb_build_object('invoice', 'INV-' || i, 'amount', 100 + i % 90000, 'currency', 'EUR'),
    'positive', 'The customer was charged twice on the same day.', (i % 1000) / 1000.0,
    '{"provider": "bench", "name": "model-1"}', 'v' || i % 5, 100 + i % 90000, 'EUR', false, s.status, s.route,
    '[{"kind": "threshold", "code": "below_threshold", "message": "Confidence is below the threshold 0.95"}]',
    'auto', 0.95, 1, 0.1, 0.5, false, false, case when s.status = 'approved' then md5(i::text) || md5(i::text) end,
    case s.route when 'review' then case when s.status <> 'in_review' then 'user:usr_bench' end else 'router' end,
    case when s.status <> 'in_review' then t.at + interval '5 minutes' end, 'key:bench', t.at, t.at
  from generate_series(1, ${open + past}) i
  cross join lateral (select now() - (${open + past} - i) * interval '20 seconds' as at) t
  cross join lateral (select abs(hashtext('app' || i)) % 100 as app, abs(hashtext('fate' || i)) % 20 as fate,
    abs(hashtext('wait' || i)) % 2 as wait) h
  cross join lateral (select case when h.app < 70 then 0 when h.app < 95 then 1 else 2 end as no) w
  join desk k on k.no = w.no
  cross join lateral (select case
      when ${waits(open, past)} then 'in_review'
      when h.fate < 12 or h.fate in (16, 17) then 'approved'
      when h.fate < 16 or h.fate = 18 then 'declined'
      else 'recorded' end as status,
    case when ${waits(open, past)} or h.fate in (16, 17, 18) then 'review'
      when h.fate < 12 then 'execute' when h.fate < 16 then 'decline' else 'shadow' end as route) s;`;

const waits = (open: number, past: number) => `(i > ${past - open} and h.wait = 0)`;

const reviewRows = (orgId: string, me: string) => `
  insert into reviews (id, org_id, decision_id, queue_id, app_id, type_id, status, due_at, claimed_by, claimed_at,
    lease_until, snoozed_until, verdict, resolved_by, resolved_at, expected_loss, loss_per_minute, created_at)
  select replace(d.id, 'dec', 'rev'), '${orgId}', d.id, k.queue, d.app_id, d.type_id, s.status,
    now() + (hashtext(d.id) % 86400) * interval '1 second',
    case when s.status = 'claimed' then case when n.n % 5000 = 1 then '${me}' else 'user:usr_other' || n.n % 100 end end,
    case when s.status = 'claimed' then now() end, case when s.status = 'claimed' then now() + interval '1 day' end,
    case when s.status = 'snoozed' then now() + interval '1 day' end,
    case d.status when 'approved' then 'approve' when 'declined' then 'decline' end,
    case when d.status <> 'in_review' then 'user:usr_bench' end,
    case when d.status <> 'in_review' then d.created_at + interval '5 minutes' end,
    loss.of, loss.of, d.created_at
  from decisions d join desk k on k.app = d.app_id
  cross join lateral (select substr(d.id, 5)::bigint as n) n
  cross join lateral (select case when d.status <> 'in_review' then 'resolved' when n.n % 50 = 1 then 'claimed'
    when n.n % 50 = 2 then 'snoozed' else 'open' end as status) s
  cross join lateral (select case when d.status = 'in_review' then (n.n * 7919 % 1000003) / 10.0 end as of) loss
  where d.route = 'review';`;

const executionRows = (orgId: string) => `
  insert into executions (id, org_id, decision_id, app_id, type_id, connector_id, action_id, connector_class,
    connector_version, action_key, arguments, action_digest, amount, currency, status, attempt, fence, first_sent_at,
    last_sent_at, settled_at, external_reference, created_at, updated_at)
  select replace(d.id, 'dec', 'exe'), '${orgId}', d.id, d.app_id, d.type_id, k.connector, k.action, 'A', 1,
    'exec_' || d.id, d.arguments, d.action_digest, d.amount, d.currency,
    case when n.n % 100 = 0 then 'dead' when n.n % 100 = 4 then 'failed' else 'succeeded' end, 1, 1, d.created_at,
    d.created_at, d.created_at + interval '1 second', 're_' || n.n, d.created_at, d.created_at
  from decisions d join desk k on k.app = d.app_id
  cross join lateral (select substr(d.id, 5)::bigint as n) n
  where d.status = 'approved';`;
