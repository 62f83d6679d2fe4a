// What contracts cost: counting a million decisions, computing that again from the log, and counting one more label.
// One JSON line a figure; `--quick` takes fewer decisions.
import { eq, sql } from "drizzle-orm";
import { connect } from "@/db/client";
import { contractEpochs, decisions } from "@/db/schema";
import { foldEpoch } from "@/lib/autonomy/server/fold-epoch";
import { recomputeEpoch } from "@/lib/autonomy/server/recompute-epoch";
import { aContract, aSeries, nthDecision, type TestContract } from "@/lib/autonomy/server/testing-contracts";
import { rowsOf } from "@/lib/server/rows";
import { benchDatabase } from "./database";
import { summary } from "./load";

const quick = process.argv.includes("--quick");
const total = quick ? 100_000 : 1_000_000;
const singles = quick ? 100 : 400;
const barSeconds = (60 * total) / 1_000_000;
const barMs = 5;

const postgres = await benchDatabase("autonomy");
const connection = connect(postgres.url, { max: 4 });
const { db } = connection;
try {
  const of = await aContract(db, {
    level: "auto",
    threshold: 0.6,
    auditRate: 0.1,
    epoch: { grid: twenty() },
  });
  const deployments = [
    { after: nthDecision(of, total / 2), day: "2026-03-01", threshold: 0.6, auditRate: 0.1 },
  ];
  await db.update(contractEpochs).set({ deployments }).where(eq(contractEpochs.id, of.ids.epoch));
  await seed(of);
  await countAll(of);
  await countAgain(of);
  await countOneByOne(of);
} finally {
  await connection.close();
  await postgres.stop();
}

function twenty(): number[] {
  return Array.from({ length: 20 }, (_, j) => j / 20);
}

/** People rule on the first half; of the second, what reaches 0.6 runs alone and a tenth of it is audited. */
async function seed(of: TestContract): Promise<void> {
  const part = 10_000;
  for (let from = 0; from < total; from += part) {
    await rowsOf(
      db,
      sql`insert into decisions (id, org_id, app_id, type_id, request_hash, input, arguments, predicted, confidence, livemode,
          status, route, reasons, level, pi_label, pi_ref, draw_u, audit_drawn, audit_pending, submitted_by, epoch_id, truth,
          truth_source, truth_pi, created_at)
        select ${nthDecision(of, 0).slice(0, -8)} || lpad(n::text, 8, '0'), ${of.org.orgId}, ${of.desk.app}, ${of.desk.type},
          ${"0".repeat(64)}, '{"message": "charged twice"}', '{}', 'negative', score, false, 'declined',
          case when alone then 'decline' else 'review' end, '[]', 'auto',
          case when alone then 0.1 else 1 end, case when deployed then 0.1 else 1 end, 0.5, alone and drawn, false, 'key:bench',
          ${of.ids.epoch}, case when alone and not drawn then null when wrong < 0.002 + 0.05 * (1 - score) then 'positive' else 'negative' end,
          case when alone and not drawn then null when alone then 'audit' else 'review' end, case when alone and not drawn then null else 1 end,
          now() - interval '30 days' + n * interval '2 seconds'
        from (select n, score, wrong, drawn, n > ${total / 2} as deployed, n > ${total / 2} and score >= 0.6 as alone
          from (select n, random() as score, random() as wrong, random() < 0.1 as drawn
            from generate_series(${from}::int, ${from + part - 1}::int) n) r) s`,
    );
  }
  await rowsOf(db, sql`vacuum analyze decisions`);
}

/** As a worker does after a long absence, until nothing is left. */
async function countAll(of: TestContract): Promise<void> {
  const began = performance.now();
  let ended = false;
  while (!ended) ({ ended } = await foldEpoch(of.org.system, of.ids.contract));
  const { records, account, alarm } = await of.state();
  const autos = account.reduce((sum, month) => sum + month.autos, 0);
  print({ figure: "fold", decisions: total, selected: records, ran_alone: autos, alarm, ...within(began) });
}

/** As every night. */
async function countAgain(of: TestContract): Promise<void> {
  const began = performance.now();
  const outcome = await recomputeEpoch(of.org.system, of.ids.contract);
  print({ figure: "recompute", decisions: total, outcome, ...within(began) });
}

function within(began: number) {
  const seconds = (performance.now() - began) / 1000;
  return { seconds: round(seconds), per_second: Math.round(total / seconds), within: seconds <= barSeconds };
}

/** One label comes in, and is counted: what the worker's statements and the fold take together. */
async function countOneByOne(of: TestContract): Promise<void> {
  const times: number[] = [];
  for (let at = total; at < total + singles; at += 1) {
    await aSeries(db, of, { from: at, count: 1, score: 0.55, piRef: 0.1, wrongEvery: null });
    const decisionId = nthDecision(of, at);
    // As a ruling writes it: status and truth at once.
    await db
      .update(decisions)
      .set({ status: "declined", truth: "negative", truthSource: "review", truthPi: 1 })
      .where(eq(decisions.id, decisionId));
    // The label of what was just made: nothing of it is on its way any more.
    const began = performance.now();
    const { folded } = await foldEpoch(of.org.system, of.ids.contract);
    times.push(performance.now() - began);
    if (folded !== 1) throw new Error(`${folded} were folded, not one`);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  const { p50Ms } = summary(times, 1);
  print({
    figure: "fold_one_label",
    labels: times.length,
    p50_ms: round(p50Ms),
    p95_ms: round(p95),
    within: p95 <= barMs,
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify({ bench: "autonomy", ...line })}\n`);
}
