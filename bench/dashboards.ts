// Every tile of the dashboards over 1,000,000 decisions: cold (nothing kept) and warm (asked again within the minute).
// One JSON line a figure. `--quick` takes a tenth of it; `--past=N` any size; `--only=NAME` those that begin so;
// `--keep=FOLDER` leaves the seeded database there and takes it up again; `--rounds=N`.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import pg from "pg";
import { connect } from "@/db/client";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { type MetricName, metricNames } from "@/lib/evaluations/metrics-catalogue";
import { confusion } from "@/lib/evaluations/server/confusion";
import { getMetric } from "@/lib/evaluations/server/get-metric";
import { getTile } from "@/lib/evaluations/server/get-tile";
import { forgetKept, kept } from "@/lib/evaluations/server/kept";
import { sealDays } from "@/lib/evaluations/server/seal-days";
import { boards, largeTabs, tileIds } from "@/lib/evaluations/tile-catalogue";
import type { Context } from "@/lib/server/context";
import { benchDatabase } from "./database";
import { seedLists } from "./seed-lists";

const quick = process.argv.includes("--quick");
const past = Number(valueOf("past") ?? (quick ? 100_000 : 1_000_000));
const only = valueOf("only") ?? "";
const rounds = Number(valueOf("rounds") ?? (quick ? 10 : 20));
const bars = { coldMs: 1000, warmMs: 200 };

const keep = valueOf("keep");
/** Beside a database that is kept: its password, and who asks. */
const noteName = "bench.json";
const known = keep === undefined ? undefined : noteIn(keep);
const postgres = await benchDatabase(
  "dashboards",
  keep === undefined ? undefined : { folder: keep, password: known?.password },
);
let over = 0;
try {
  const { ctx, close } = known ? await takeUp(postgres.url, known) : await fill(postgres.url);
  for (const [name, ask] of tiles(ctx)) if (name.startsWith(only)) await measure(name, ask);
  await close();
} finally {
  await postgres.stop();
}
print({ figure: "over_a_bar", count: over });
process.exitCode = over > 0 ? 1 : 0;

/** Figures that a tab draws over time, with what was changed meanwhile. */
function isDrawnLarge(metric: MetricName): boolean {
  return largeTabs.some((tab) => boards[tab].metrics.includes(metric));
}

/** Each tile as its page asks it, over the whole history: the seed spreads it over 90 days. */
function tiles(ctx: Context): [name: string, ask: () => Promise<unknown>][] {
  const filter = { from: new Date(ctx.now.getTime() - 365 * 86_400_000).toISOString() };
  return [
    ...metricNames.map((metric): [string, () => Promise<unknown>] => [
      `metric.${metric}`,
      () => getMetric(ctx, { ...filter, metric, ...(isDrawnLarge(metric) ? { changes: "true" } : {}) }),
    ]),
    ...tileIds.map((tile): [string, () => Promise<unknown>] => [
      `tile.${tile}`,
      () => getTile(ctx, { ...filter, tile }),
    ]),
    [
      "tile.confusion",
      () => kept(ctx, ["confusion", filter], () => confusion(ctx, { ...filter, view: "model" })),
    ],
  ];
}

async function measure(name: string, ask: () => Promise<unknown>): Promise<void> {
  const [cold, warm, processor]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    forgetKept();
    const before = processorMs();
    cold.push(await timed(ask));
    processor.push((processorMs() ?? 0) - (before ?? 0));
    warm.push(await timed(ask));
  }
  const [coldP95, warmP95] = [percentile(cold, 0.95), percentile(warm, 0.95)];
  const within = coldP95 <= bars.coldMs && warmP95 <= bars.warmMs;
  if (!within) over += 1;
  print({
    figure: name,
    load: round(loadavg()[0] ?? 0),
    cold_p50_ms: round(percentile(cold, 0.5)),
    cold_p95_ms: round(coldP95),
    warm_p95_ms: round(warmP95),
    processor_p50_ms: round(percentile(processor, 0.5)),
    within,
  });
}

/**
 * Milliseconds of processor the database has used so far, those of its ended processes too: what a busy machine's clock
 * cannot tell. Null where the system does not say.
 */
function processorMs(): number | null {
  if (!existsSync("/proc/self/stat")) return null;
  const rows = readdirSync("/proc").flatMap((name) =>
    /^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : [],
  );
  const ticks = rows.reduce((sum, { pid, parent, own, children }) => {
    if (pid === postgres.pid) return sum + own + children;
    return parent === postgres.pid ? sum + own : sum;
  }, 0);
  return ticks * 10;
}

/** Ticks of a hundredth of a second, as Linux writes them after the command's closing parenthesis. */
function statOf(pid: number) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const cells = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const [parent = 0, user = 0, system = 0, userOfEnded = 0, systemOfEnded = 0] = [1, 11, 12, 13, 14].map(
      (at) => cells[at],
    );
    return { pid, parent, own: user + system, children: userOfEnded + systemOfEnded };
  } catch {
    // It ended meanwhile: its parent has its ticks.
    return null;
  }
}

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await ask();
  return performance.now() - began;
}

type Note = { password: string; orgId: string; admin: Context["actor"]; now: string };

function noteIn(folder: string): Note | undefined {
  const file = path.join(folder, noteName);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Note) : undefined; // Written below.
}

/** The database of an earlier run, and the moment it was filled at: its newest decisions are of then. */
async function takeUp(url: string, { orgId, admin: actor, now }: Note) {
  const connection = connect(url, { max: 4 });
  const ctx: Context = { db: connection.db, orgId, actor, now: new Date(now) };
  await sealAll(ctx);
  return { ctx, close: connection.close };
}

async function fill(url: string): Promise<{ ctx: Context; close: () => Promise<void> }> {
  const began = performance.now();
  const connection = connect(url, { max: 4 });
  const org = await anOrg(connection.db);
  const desks = {
    common: await aRefundDesk(connection.db, org),
    some: await aRefundDesk(connection.db, org),
    rare: await aRefundDesk(connection.db, org),
  };
  const client = new pg.Client({ connectionString: url });
  // What went wrong is thrown by the query; the connection that ends with the database is no second story.
  client.on("error", () => undefined);
  await client.connect();
  await seedLists(client, org, desks, { open: Math.floor(past / 20), past });
  await client.query(labels(org.orgId));
  for (const table of ["decisions", "labels"]) await client.query(`vacuum (analyze) ${table}`);
  await client.end();
  await sealAll(org.admin);
  const { orgId, actor: admin, now } = org.admin;
  const note = { password: postgres.password, orgId, admin, now };
  writeFileSync(path.join(postgres.dataDir, noteName), JSON.stringify(note));
  print({ figure: "seed", past, seconds: round((performance.now() - began) / 1000) });
  return { ctx: org.admin, close: connection.close };
}

/** What the worker has done by the time somebody looks. */
async function sealAll(ctx: Context): Promise<void> {
  const system: Context = { ...ctx, actor: { kind: "system", id: "bench" } };
  const began = performance.now();
  let days = 0;
  for (let sealed = 1; sealed > 0; days += sealed) sealed = await sealDays(system);
  if (days > 0) print({ figure: "days_sealed", days, seconds: round((performance.now() - began) / 1000) });
}

/** A third of all has an outcome, a tenth of what ran alone an audit; a type is compared by a segment of its input. */
function labels(orgId: string): string {
  return `
  set session_replication_role = replica; set statement_timeout = 0; set synchronous_commit = off;
  update decision_types set segments = '[{"key": "order", "name": "Order", "pointer": "/message"}]' where org_id = '${orgId}';
  with chosen as (select id, route, hashtext(id) as h from decisions where org_id = '${orgId}' and route <> 'shadow')
  update decisions d set truth = case when c.h % 10 = 0 then 'negative' else 'positive' end, truth_source = 'outcome', truth_pi = 1
    from chosen c where d.id = c.id and c.h % 3 = 0 and d.status <> 'in_review';
  update decisions set truth = case when hashtext(id) % 25 = 0 then 'negative' else 'positive' end, truth_source = 'audit', truth_pi = 0.1
    where org_id = '${orgId}' and route in ('execute', 'decline') and hashtext(id) % 10 = 1 and truth is null;
  insert into labels (id, org_id, decision_id, source, truth, pi_label, actor)
    select replace(id, 'dec', 'lab'), org_id, id, 'audit', case when hashtext(id) % 25 = 0 then 'negative' else 'positive' end, 0.1, 'user:usr_bench'
    from decisions where org_id = '${orgId}' and route in ('execute', 'decline') and hashtext(id) % 10 = 1;
  set session_replication_role = origin;`;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function valueOf(name: string): string | undefined {
  return process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify({ bench: "dashboards", ...line })}\n`);
}
