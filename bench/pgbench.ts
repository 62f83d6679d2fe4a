import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Where pgbench is: on the PATH, or where Debian puts a server's programs. Undefined when it is not installed. */
export function findPgbench(): string | undefined {
  if (spawnSync("pgbench", ["--version"]).status === 0) return "pgbench";
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root) : [];
  return versions.map((version) => path.join(root, version, "bin/pgbench")).find((file) => existsSync(file));
}

export type Pgbench = { perSecond: number; p50Ms: number; p99Ms: number };

/** Runs one script with so many clients for so many seconds; transactions a second and their latencies. */
export function pgbench(
  program: string,
  url: string,
  script: string,
  clients: number,
  seconds: number,
): Pgbench {
  const folder = mkdtempSync(path.join(tmpdir(), "pgbench-"));
  try {
    writeFileSync(path.join(folder, "script.sql"), script);
    const threads = String(Math.min(clients, 2));
    const args = [
      "-n",
      "-M",
      "prepared",
      "-f",
      "script.sql",
      "-c",
      String(clients),
      "-j",
      threads,
      "-T",
      String(seconds),
      "-l",
      "-D",
      "sent=0",
      url,
    ];
    const run = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
    if (run.status !== 0) throw new Error(`pgbench: ${run.stderr}`);
    const tps = Number(/tps = ([\d.]+)/.exec(run.stdout)?.[1]);
    const latencies = readdirSync(folder)
      .filter((file) => file.startsWith("pgbench_log."))
      .flatMap((file) => readFileSync(path.join(folder, file), "utf8").trim().split("\n"))
      .map((line) => Number(line.split(" ")[2]) / 1000)
      .toSorted((a, b) => a - b);
    const at = (share: number) =>
      latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
    return { perSecond: tps, p50Ms: at(0.5), p99Ms: at(0.99) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As wide as the real ones: an index entry is mostly ids. */
const idOf = (prefix: string) => `${prefix}_${"0".repeat(25)}1`;
const ids = {
  org: idOf("org"),
  app: idOf("app"),
  type: idOf("typ"),
  queue: idOf("que"),
  key: idOf("key"),
  user: idOf("usr"),
};

/** JSON text for a pgbench script, where `:1800` would be a variable. */
const literal = (value: unknown) => JSON.stringify(value).replaceAll('":', '": ');

const input = literal({
  message: "I was charged twice for the same order, please look into it and refund one of the two payments.",
});
const args = literal({ invoice: "INV-0001", amount: 1800, currency: "EUR" });
const reasons = literal([
  {
    kind: "threshold",
    code: "below_threshold",
    message: "Confidence 0.8 is below the threshold 0.95",
    detail: { confidence: 0.8, threshold: 0.95 },
  },
]);

const columns = `(id, org_id, app_id, type_id, idempotency_key, request_hash, input, arguments, predicted, confidence, amount,
  currency, livemode, status, version, route, reasons, level, threshold, pi_label, pi_ref, draw_u, audit_drawn, audit_pending, submitted_by)`;
const values = (
  id: string,
) => `${id}, '${ids.org}', '${ids.app}', '${ids.type}', ${id}, md5(${id}) || md5(${id}), '${input}'::jsonb, '${args}'::jsonb, 'positive', 0.8,
  1800, 'EUR', false, 'in_review', 1, 'review', '${reasons}'::jsonb, 'auto', 0.95, 1, 0.1, 0.5, false, false, 'key ${ids.key}'`;

/**
 * Copies of the tables with their indexes and checks, without triggers or foreign keys: the writes and nothing else.
 * Nor are they vacuumed: that would be done in the rounds that are not the baseline's.
 */
export const pgbenchTables = `
  drop schema if exists limit_of cascade; create schema limit_of;
  create table limit_of.decisions (like public.decisions including all) with (autovacuum_enabled = off);
  create table limit_of.reviews (like public.reviews including all) with (autovacuum_enabled = off);
  create table limit_of.executions (like public.executions including all) with (autovacuum_enabled = off);
  create table limit_of.events (like public.events including all) with (autovacuum_enabled = off);
  create table limit_of.journal (like public.journal including all) with (autovacuum_enabled = off);
  create table limit_of.attempts (like public.attempts including all) with (autovacuum_enabled = off);
  create sequence limit_of.seq;
  create table limit_of.payload (data text not null);
  insert into limit_of.payload select json_agg(json_build_object('input', '${input}'::json, 'arguments', '${args}'::json,
    'reasons', '${reasons}'::json, 'external_id', 'bench-' || i, 'request_hash', repeat('0', 64), 'draw_u', random()))
    from generate_series(1, 500) i;`;

/**
 * One decision, its review, its event and its line in the journal in one transaction: the durable writes of one
 * single submission.
 */
export const oneRow = `with n as (select 'dec_' || lpad(nextval('limit_of.seq')::text, 26, '0') as id),
  d as (insert into limit_of.decisions ${columns} select ${values("n.id")} from n returning id),
  r as (insert into limit_of.reviews (id, org_id, decision_id, app_id, type_id, queue_id, kind, status, due_at)
    select replace(id, 'dec', 'rev'), '${ids.org}', id, '${ids.app}', '${ids.type}', '${ids.queue}', 'approval', 'open', now() + interval '4 hours' from d),
  j as (insert into limit_of.journal (org_id, actor, action, subject, entry)
    select '${ids.org}', 'system intake', 'decisions.submitted', min(id),
      string_agg(id || ' key ${ids.key} review ' || md5(id) || md5(id) || ' -', ',') from d)
  insert into limit_of.events (org_id, type, decision_id, subject, data) select '${ids.org}', 'decision.created', id, id, '{"route": "review", "app_id": "${ids.app}"}'::jsonb from d;
`;

/** The same writes, 500 rows a statement, made up by the server itself. */
export const fiveHundredRows = oneRow.replace("as id)", "as id from generate_series(1, 500))");

/** The same again, their content sent by the client as one JSON parameter: what a batch that comes from outside costs. */
export const fiveHundredSent = `\\if :sent
\\else
select data as payload from limit_of.payload \\gset
\\set sent 1
\\endif
${oneRow
  .replace(
    "as id)",
    `as id, r.* from json_to_recordset(:payload::json)
    as r(input jsonb, arguments jsonb, reasons jsonb, external_id text, request_hash text, draw_u float8))`,
  )
  .replace(`'${input}'::jsonb`, "n.input")
  .replace(`'${args}'::jsonb`, "n.arguments")
  .replace(`'${reasons}'::jsonb`, "n.reasons")
  .replace("md5(n.id) || md5(n.id)", "n.request_hash")
  .replace("0.5, false, false", "n.draw_u, false, false")}`;

const journalLine =
  "insert into limit_of.journal (org_id, actor, action, subject, entry) values ('${ids.org}', 'user ${ids.user}', 'review.resolved', :id, repeat('e', 200));";

/** The durable writes of a full cycle: submitted, ruled on, claimed and settled, each its own transaction. */
export const fullCycle = `
begin; insert into limit_of.decisions ${columns} select ${values("'dec_' || lpad(nextval('limit_of.seq')::text, 26, '0')")} returning id \\gset
insert into limit_of.reviews (id, org_id, decision_id, app_id, type_id, queue_id, kind, status) values (replace(:id, 'dec', 'rev'), '${ids.org}', :id, '${ids.app}', '${ids.type}', '${ids.queue}', 'approval', 'open');
insert into limit_of.events (org_id, type, decision_id, subject, data) values ('${ids.org}', 'decision.created', :id, :id, '{}'); ${journalLine} end;
begin; update limit_of.reviews set status = 'resolved', verdict = 'approve', resolved_at = now() where id = replace(:id, 'dec', 'rev');
update limit_of.decisions set status = 'approved', action_digest = md5(id), decided_at = now() where id = :id;
insert into limit_of.executions (id, org_id, decision_id, app_id, action_key, arguments, action_digest) values (replace(:id, 'dec', 'exe'), '${ids.org}', :id, '${ids.app}', :id, '${args}', md5(:id));
insert into limit_of.events (org_id, type, decision_id, subject, data) values ('${ids.org}', 'decision.approved', :id, :id, '{}'); ${journalLine} end;
begin; update limit_of.executions set status = 'in_flight', attempt = 1, fence = 1 where id = replace(:id, 'dec', 'exe');
insert into limit_of.attempts (id, org_id, execution_id, kind, attempt, fence, worker_id, outcome) values (replace(:id, 'dec', 'att'), '${ids.org}', replace(:id, 'dec', 'exe'), 'send', 1, 1, 'w', 'intent'); end;
begin; update limit_of.executions set status = 'succeeded', settled_at = now(), external_reference = 're_1' where id = replace(:id, 'dec', 'exe');
update limit_of.attempts set outcome = 'succeeded', ended_at = now() where id = replace(:id, 'dec', 'att');
insert into limit_of.events (org_id, type, decision_id, subject, data) values ('${ids.org}', 'decision.executed', :id, :id, '{}'); ${journalLine} end;
`;
