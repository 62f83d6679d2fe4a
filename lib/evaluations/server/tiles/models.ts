import { sql } from "drizzle-orm";
import { counted } from "@/lib/kernel/counted";
import { rowsOf } from "@/lib/server/rows";
import type { TileBody } from "../../board-schema";
import { runsOf } from "../read-counts";
import { shareNumbers } from "../reading";
import { notNarrowedBy, type Window } from "../window";

/** Models: how often asked, how often without an answer, how long and what for. */
export async function modelUse(w: Window): Promise<TileBody> {
  type Row = {
    model: string;
    currency: string;
    n: number;
    failed: number;
    tokens_in: number;
    tokens_out: number;
    cost: number | null;
    p50: number | null;
    p90: number | null;
  };
  const rows = await rowsOf<Row>(
    w.ctx.db,
    sql`select m.name as model, m.currency, count(*)::int as n, (count(*) filter (where r.status <> 'succeeded'))::int as failed,
        coalesce(sum(r.input_tokens), 0)::float8 as tokens_in, coalesce(sum(r.output_tokens), 0)::float8 as tokens_out,
        sum(r.cost_micros)::float8 / 1e6 as cost,
        percentile_cont(0.5) within group (order by r.latency_ms) / 1000 as p50, percentile_cont(0.9) within group (order by r.latency_ms) / 1000 as p90
      from runs r join models m on m.id = r.model_id where r.status <> 'running' and ${runsOf(w)}
      group by m.id, m.name, m.currency order by n desc limit 50`,
  );
  const plain = (count: number) => ({ count, weight: count, squaredWeight: count });
  return {
    sentence:
      rows.length === 0
        ? "No model was asked in this time."
        : `${counted(
            rows.reduce((sum, { n }) => sum + n, 0),
            "question",
          )} to ${counted(rows.length, "model")}.`,
    population: "Runs begun in this time that are over",
    weighting: "plain counts",
    picture: {
      kind: "bars",
      unit: "share",
      bars: rows.map(({ model, n, failed }) => {
        const { value, lower, upper } = shareNumbers(plain(failed), plain(n - failed), 0);
        return { label: `${model}: not answered`, value, lower, upper, n, cumulative: null, href: null };
      }),
    },
    table: {
      columns: [
        "Model",
        "Runs",
        "Not answered",
        "p50 seconds",
        "p90 seconds",
        "Tokens in",
        "Tokens out",
        "Cost",
        "Currency",
      ],
      rows: rows.map((row) => [
        row.model,
        row.n,
        row.failed,
        row.p50,
        row.p90,
        row.tokens_in,
        row.tokens_out,
        row.cost,
        row.currency,
      ]),
    },
    not_narrowed_by: notNarrowedBy(w.filter),
    rows: null,
  };
}
