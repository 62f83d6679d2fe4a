// How far a sampled comparison of two windows is from the one over all of their decisions: PSI, Jensen–Shannon distance
// and Kolmogorov–Smirnov statistic, 1,000,000 decisions against 200,000 of a day that has shifted in part, with traffic
// that is uneven over the day. One JSON line a feature; the exit code says whether every difference is within its bar.
// `--quick` takes a tenth of it; `--past=N` any size.
import pg from "pg";
import { connect } from "@/db/client";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { compareValues } from "@/lib/monitors/drift";
import { featuresOf } from "@/lib/monitors/drift-features";
import { readDriftWindow, valuesOf, type Pair, type Span } from "@/lib/monitors/server/read-drift-window";
import type { Context } from "@/lib/server/context";
import { benchDatabase } from "./database";

const quick = process.argv.includes("--quick");
const past = Number(valueOf("past") ?? (quick ? 100_000 : 1_000_000));
/** A fifth of what is worth a person's time (PSI .2, distance .1), and of a shift of a tenth between two distributions. */
const bars = { psi: 0.04, js: 0.02, ks: 0.02 };
const dayMs = 86_400_000;
const began = Date.UTC(2026, 0, 1);
const iso = (ms: number) => new Date(ms).toISOString();
const reference: Span = { from: iso(began), to: iso(began + 28 * dayMs) };
const current: Span = { from: reference.to, to: iso(began + 29 * dayMs) };
const inputSchema = {
  type: "object",
  properties: {
    amount: { type: "number" },
    channel: { enum: ["web", "mail", "phone"] },
    message: { type: "string" },
  },
};

const postgres = await benchDatabase("drift");
let over = 0;
try {
  const { db, close } = connect(postgres.url, { max: 2 });
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const pair = { appId: desk.app, typeId: desk.type };
  await fill(postgres.url, org.orgId, pair);
  await measure(org.system, pair);
  await close();
} finally {
  await postgres.stop();
}
print({ figure: "over_a_bar", count: over });
process.exitCode = over > 0 ? 1 : 0;

async function measure(ctx: Context, pair: Pair): Promise<void> {
  const features = featuresOf(inputSchema, []);
  const read = async (most: number) => {
    const at = performance.now();
    const windows = {
      reference: await readDriftWindow(ctx, { pair, span: reference, features, most }),
      current: await readDriftWindow(ctx, { pair, span: current, features, most }),
    };
    return { windows, seconds: round((performance.now() - at) / 1000) };
  };
  const [sampled, full] = [await read(20_000), await read(past * 2)];
  const sizes = { reference: full.windows.reference.n, current: full.windows.current.n };
  print({ figure: "read", ...sizes, sampled_s: sampled.seconds, full_s: full.seconds });
  features.forEach((feature, index) => {
    const compared = [sampled, full].map(({ windows }) => {
      const values = valuesOf(feature, index, windows);
      return compareValues(values.reference, values.current);
    });
    const [part, all] = compared;
    if (!part || !all) return;
    const off = {
      psi: Math.abs(part.psi - all.psi),
      js: Math.abs(part.js - all.js),
      ks: part.test.method === "ks" ? Math.abs(part.test.statistic - all.test.statistic) : 0,
    };
    const within = off.psi <= bars.psi && off.js <= bars.js && off.ks <= bars.ks;
    if (!within) over += 1;
    const figures = (of: typeof all) => [of.psi, of.js, of.test.statistic].map(round);
    print({
      figure: `drift.${feature.name}`,
      test: all.test.method,
      n: [part.nReference, part.nCurrent],
      sampled: figures(part),
      full: figures(all),
      off: [off.psi, off.js, off.ks].map(round),
      within,
    });
  });
}

/** Busy by day and quiet by night, other channels at night; on the last day amounts are higher and phones ring. */
async function fill(url: string, orgId: string, { appId, typeId }: Pair): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "set session_replication_role = replica; set statement_timeout = 0; set synchronous_commit = off",
  );
  await client.query("select setseed(0.42)");
  for (const [span, count, shift] of [
    [reference, past, 0],
    [current, past / 5, 1],
  ] as const) {
    await client.query(
      `insert into decisions (id, org_id, app_id, type_id, request_hash, input, arguments, predicted, confidence, livemode,
          status, route, reasons, level, pi_label, pi_ref, draw_u, audit_drawn, audit_pending, submitted_by, created_at)
        select 'dec_' || $6 || lpad(i::text, 25, '0'), $1, $2, $3, repeat('0', 64),
          jsonb_build_object('amount', round((exp(3 + 0.3 * $6::float8 + sqrt(-2 * ln(1 - a)) * cos(6.2832 * b)))::numeric, 2),
            'channel', case when c < 0.1 + 0.1 * $6::float8 then 'phone' when (at > 0.3 and at < 0.75) = (c < 0.9) then 'web' else 'mail' end,
            'message', repeat('x', 10 + (d * 200)::int)),
          '{}', case when c < 0.7 then 'positive' else 'negative' end, round((0.6 + 0.4 * sqrt(d) - 0.02 * $6::float8)::numeric, 3)::float8,
          false, 'recorded', 'shadow', '[]', 'shadow', 1, 1, 0.5, false, false, 'key:bench',
          $4::timestamptz + (day + at) * interval '1 day'
        from (select i, random() as a, random() as b, random() as c, random() as d, floor(random() * $7::float8) as day,
            case when random() < 0.85 then 0.3 + 0.45 * random() else random() end as at
          from generate_series(1, $5::int) as i) drawn`,
      [orgId, appId, typeId, span.from, count, shift, (Date.parse(span.to) - Date.parse(span.from)) / dayMs],
    );
  }
  await client.query("set session_replication_role = origin; analyze decisions");
  await client.end();
}

function valueOf(name: string): string | undefined {
  return process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
