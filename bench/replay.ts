// A replay of 1,000,000 past decisions through the worker's own verb: a draft threshold, and a policy's draft. One JSON
// line a figure; `--quick` takes a tenth, `--decisions=N` any number. The result is compared with one SQL statement.
import { sql } from "drizzle-orm";
import pg from "pg";
import { connect } from "@/db/client";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import type { NewReplay } from "@/lib/autonomy/replay-views";
import { createReplay } from "@/lib/autonomy/server/create-replay";
import { getReplay } from "@/lib/autonomy/server/get-replay";
import { runReplays } from "@/lib/autonomy/server/run-replays";
import { newId } from "@/lib/kernel/ids";
import { rowsOf } from "@/lib/server/rows";
import { benchDatabase } from "./database";

const decisions = numberOf("decisions") ?? (process.argv.includes("--quick") ? 100_000 : 1_000_000);
const growthBarMb = 100;

const postgres = await benchDatabase("replay");
let over = 0;
try {
  const { db, close } = connect(postgres.url, { max: 4 });
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { autonomy: { amountCap: 150_000 } });
  await seed(postgres.url, org, desk);
  const shared = { app: desk.app, period: { last: decisions } };
  await measure("replay.threshold", org, {
    ...shared,
    kind: "threshold",
    thresholds: { positive: 0.8 },
    audit_rate: 0.1,
  });
  await measure("replay.policy", org, { ...shared, kind: "policy", version: await aVersion(org) });
  await close();
} finally {
  await postgres.stop();
}
print({ figure: "over_a_bar", count: over });
process.exitCode = over > 0 ? 1 : 0;

async function measure(figure: string, org: TestOrg, input: NewReplay): Promise<void> {
  const { id } = await createReplay(org.admin, input);
  const started = performance.now();
  const memory: number[] = [];
  let longest = 0;
  for (let at = started; (await runReplays(org.system)) > 0; at = performance.now()) {
    longest = Math.max(longest, performance.now() - at);
    memory.push(process.memoryUsage().rss / 1e6);
  }
  const seconds = (performance.now() - started) / 1000;
  const { status, done, result, error } = await getReplay(org.admin, { replay: id });
  // The highest of the second half above the highest of the first: a heap breathes, and what leaks goes on rising.
  const half = Math.ceil(memory.length / 2);
  const growth = Math.max(0, ...memory.slice(half)) - Math.max(...memory.slice(0, half));
  const wouldAlone = result?.draft.alone ?? null;
  const expected = input.kind === "threshold" ? await aloneBySql(org) : null;
  const right = status === "done" && done === decisions && (expected === null || expected === wouldAlone);
  if (!right || growth > growthBarMb) over += 1;
  print({
    figure,
    decisions: done,
    seconds: Number(seconds.toFixed(1)),
    rows_per_second: Math.round(done / seconds),
    turns: memory.length,
    longest_turn_ms: Math.round(longest),
    rss_mb: Math.round(Math.max(...memory)),
    rss_growth_mb: Math.round(growth),
    bar_growth_mb: growthBarMb,
    would_alone: wouldAlone,
    same_as_sql: expected === null ? null : expected === wouldAlone,
    error,
  });
}

/** Decisions of some ninety days, of which the older half ran under a threshold of 0.9 and the newer was reviewed. */
async function seed(url: string, org: TestOrg, desk: TestDesk): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // Its database is stopped with it open when the seed fails: the failure is what counts.
  client.on("error", () => undefined);
  await client.connect();
  const at = performance.now();
  await client.query(
    "set session_replication_role = replica; set statement_timeout = 0; set synchronous_commit = off",
  );
  await client.query(
    `insert into decisions (id, org_id, app_id, type_id, request_hash, input, arguments, predicted, confidence, amount,
        currency, livemode, status, route, reasons, level, threshold, pi_label, pi_ref, draw_u, audit_drawn, audit_pending,
        submitted_by, action_digest, truth, truth_source, truth_pi, created_at)
      select 'dec_' || lpad(i::text, 26, '0'), $1, $2, $3, repeat('0', 64),
        jsonb_build_object('message', 'I was charged twice for order ' || i), jsonb_build_object('invoice', 'INV-' || i,
          'amount', amount, 'currency', 'EUR'), 'positive', confidence, amount, 'EUR', false,
        case when alone then 'approved' else 'declined' end, case when alone then 'execute' else 'review' end,
        case when alone then '[{"kind":"threshold","code":"reached","message":"Confidence reaches the threshold 0.9"}]'
          when older then '[{"kind":"threshold","code":"below_threshold","message":"Confidence is below the threshold 0.9"}]'
          else '[{"kind":"level","code":"review_all","message":"A person rules on everything this app proposes"}]' end::jsonb,
        case when older then 'auto' else 'review_all' end, case when older then 0.9 end, case when alone then 0.1 else 1 end,
        case when older then 0.1 else 1 end, draw, alone and draw < 0.1, false, 'key:bench', case when alone then repeat('0', 64) end,
        case when not alone or draw < 0.1 then case when wrong then 'negative' else 'positive' end end,
        case when not alone then 'review' when draw < 0.1 then 'audit' end,
        case when not alone then 1 when draw < 0.1 then 0.1 end, now() - (($4::int - i) * interval '7 seconds')
      from (select i, older, confidence, amount, draw, wrong, older and confidence >= 0.9 and amount <= 150000 as alone
        from (select i, i < $4::int / 2 as older, 0.5 + random() / 2 as confidence, (random() * 200000)::int as amount,
          random() as draw, random() < 0.05 as wrong from generate_series(1, $4::int) i) drawn) d`,
    [org.orgId, desk.app, desk.type, decisions],
  );
  await client.query("set session_replication_role = origin");
  await client.query("vacuum (analyze) decisions");
  await client.end();
  print({ figure: "replay.seed", decisions, seconds: Number(((performance.now() - at) / 1000).toFixed(1)) });
}

/** The draft threshold written out once more, by hand. */
async function aloneBySql(org: TestOrg): Promise<number> {
  const [row] = await rowsOf<{ alone: number }>(
    org.admin.db,
    sql`select count(*)::int as alone from decisions
      where org_id = ${org.orgId} and confidence >= 0.8 and amount <= 150000`,
  );
  return row?.alone ?? 0;
}

async function aVersion(org: TestOrg): Promise<string> {
  const [policy, version] = [newId("policy"), newId("policyVersion")];
  const rules = [
    { id: "large", when: "decision.amount > 100000.0", effect: "require_review" },
    {
      id: "unsure",
      when: "decision.confidence < 0.95 && decision.amount > 50000.0",
      effect: "require_review",
    },
    { id: "order", when: 'decision.input.message.contains("order 7")', effect: "require_review" },
  ];
  const { db } = org.admin;
  await rowsOf(
    db,
    sql`insert into policies (id, org_id, key, name, created_by) values (${policy}, ${org.orgId}, 'bench', 'Bench', 'user:bench')`,
  );
  await rowsOf(
    db,
    sql`insert into policy_versions (id, org_id, policy_id, number, rules, fixtures, edited_by)
      values (${version}, ${org.orgId}, ${policy}, 1, ${JSON.stringify(rules)}::jsonb, '[]', 'user:bench')`,
  );
  return version;
}

function numberOf(name: string): number | undefined {
  const given = process.argv.find((one) => one.startsWith(`--${name}=`))?.split("=")[1];
  return given === undefined ? undefined : Number(given);
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
