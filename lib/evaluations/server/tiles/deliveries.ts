import { sql } from "drizzle-orm";
import { rowsOf } from "@/lib/server/rows";
import type { TileBody } from "../../board-schema";
import { shareNumbers } from "../reading";
import { notNarrowedBy, type Window } from "../window";

/** Notices by channel: bell, e-mail, Slack-compatible and signed webhooks. */
export async function deliveries(w: Window): Promise<TileBody> {
  type Row = { kind: string; sent: number; failed: number; pending: number; seconds: number | null };
  const rows = await rowsOf<Row>(
    w.ctx.db,
    sql`select n.kind, (count(*) filter (where n.status = 'sent'))::int as sent, (count(*) filter (where n.status = 'failed'))::int as failed,
        (count(*) filter (where n.status = 'pending'))::int as pending,
        percentile_cont(0.9) within group (order by extract(epoch from n.sent_at - n.created_at)::float8) as seconds
      from notification_deliveries n where n.org_id = ${w.ctx.orgId}
        and n.created_at >= ${w.from.toISOString()}::timestamptz and n.created_at < ${w.to.toISOString()}::timestamptz
      group by 1 order by 1`,
  );
  const plain = (count: number) => ({ count, weight: count, squaredWeight: count });
  const shares = rows.map((row) => ({ ...row, ...shareNumbers(plain(row.sent), plain(row.failed), 0) }));
  const failed = rows.reduce((sum, row) => sum + row.failed, 0);
  return {
    sentence:
      rows.length === 0
        ? "Nothing was to be told in this time."
        : `${failed.toLocaleString("en")} never arrived.`,
    population: "Notices of this time over all apps, by channel",
    weighting: "plain counts; what is still on its way is not in the share",
    picture: {
      kind: "bars",
      unit: "share",
      bars: shares.map(({ kind, value, lower, upper, n }) => ({
        label: kind,
        value,
        lower,
        upper,
        n,
        cumulative: null,
        href: null,
      })),
    },
    table: {
      columns: [
        "Channel",
        "Arrived",
        "Never arrived",
        "On its way",
        "Share arrived",
        "Lower",
        "Upper",
        "p90 seconds",
      ],
      rows: shares.map((row) => [
        row.kind,
        row.sent,
        row.failed,
        row.pending,
        row.value,
        row.lower,
        row.upper,
        row.seconds,
      ]),
    },
    not_narrowed_by: [
      ...(w.filter.app === undefined ? [] : ["app"]),
      ...(w.filter.type === undefined ? [] : ["type"]),
      ...notNarrowedBy(w.filter),
    ],
    rows: null,
  };
}
