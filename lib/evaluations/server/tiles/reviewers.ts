import { sql, type SQL } from "drizzle-orm";
import { rowsOf } from "@/lib/server/rows";
import type { TileBody } from "../../board-schema";
import { rowsBehind } from "../population";
import { shareNumbers } from "../reading";
import { decisionsOf, type Window } from "../window";

const plain = (count: number) => ({ count, weight: count, squaredWeight: count });

/** Per type: to review, and how it was ruled. */
export async function funnel(w: Window): Promise<TileBody> {
  type Row = Record<
    "proposed" | "approved" | "edited" | "declined" | "waiting" | "other" | "overridden",
    number
  > & {
    name: string;
  };
  const rows = await rowsOf<Row>(
    w.ctx.db,
    sql`select t.name, c.* from (
      select type_id, (sum(approved) + sum(declined) + sum(waiting) + sum(other))::int as proposed,
        (sum(approved) - sum(edited))::int as approved, sum(edited)::int as edited, sum(declined)::int as declined,
        sum(waiting)::int as waiting, sum(other)::int as other, sum(overridden)::int as overridden from (${funnelParts(w)}) parts
      group by 1) c
      join decision_types t on t.id = c.type_id where c.proposed > 0 order by c.proposed desc limit 50`,
  );
  const all = rows.reduce((sum, { proposed }) => sum + proposed, 0);
  const overridden = rows.reduce((sum, row) => sum + row.overridden, 0);
  return {
    sentence:
      all === 0
        ? "Nothing of this time went to a person."
        : `${all.toLocaleString("en")} went to a person; ${overridden.toLocaleString("en")} were ruled otherwise than proposed.`,
    population: "Decisions of this time that went to review",
    weighting: "plain counts",
    picture: {
      kind: "stack",
      series: [
        { key: "approved", label: "Approved" },
        { key: "edited", label: "Edited" },
        { key: "declined", label: "Declined" },
        { key: "waiting", label: "Waiting" },
        { key: "other", label: "Expired or taken back" },
      ],
      points: rows.map(({ name, approved, edited, declined, waiting, other }) => ({
        at: name,
        complete: true,
        values: { approved, edited, declined, waiting, other },
      })),
    },
    table: {
      columns: [
        "Type",
        "To review",
        "Approved",
        "Edited",
        "Declined",
        "Waiting",
        "Expired or taken back",
        "Overridden",
        "Override rate",
      ],
      rows: rows.map((row) => [
        row.name,
        row.proposed,
        row.approved,
        row.edited,
        row.declined,
        row.waiting,
        row.other,
        row.overridden,
        row.approved + row.edited + row.declined === 0
          ? null
          : row.overridden / (row.approved + row.edited + row.declined),
      ]),
    },
    rows: rowsBehind(w.ctx, w.filter, { route: "review" }),
  };
}

/** Each part is read through an index of its own: the many that went to a person are wide rows. */
function funnelParts(w: Window): SQL {
  const from = (where: SQL) =>
    sql`from decisions d where ${decisionsOf(w)} and d.route = 'review' and ${where} group by 1`;
  const ended = sql`count(*) filter (where d.status = 'approved') as approved, count(*) filter (where d.status = 'declined') as declined`;
  return sql`select d.type_id, ${ended}, 0 as edited, 0 as waiting, 0 as other,
      count(*) filter (where (d.status = 'approved') <> (d.predicted = 'positive')) as overridden
      ${from(sql`d.status in ('approved', 'declined') and d.decided_by like 'user:%'`)}
    union all select d.type_id, ${ended}, 0, 0, 0, 0
      ${from(sql`d.status in ('approved', 'declined') and d.decided_by not like 'user:%'`)}
    union all select d.type_id, 0, 0, count(*), 0, 0, 0 ${from(sql`d.status = 'approved' and d.edited_arguments is not null`)}
    union all select d.type_id, 0, 0, 0, count(*) filter (where d.status in ('in_review', 'awaiting_second')),
      count(*) filter (where d.status not in ('in_review', 'awaiting_second')), 0
      ${from(sql`d.status in ('in_review', 'awaiting_second', 'expired', 'cancelled', 'superseded')`)}`;
}

/** Of approvals, those with changed arguments, and how much of them was changed, field by field. */
export async function edits(w: Window): Promise<TileBody> {
  type Row = {
    name: string;
    approved: number;
    edited: number;
    fields: number | null;
    changed: number | null;
  };
  const rows = await rowsOf<Row>(
    w.ctx.db,
    sql`select t.name, sum(approved)::int as approved, sum(edited)::int as edited, sum(fields)::float8 as fields, sum(changed)::float8 as changed
      from (
        select d.type_id, count(*) as approved, 0 as edited, null::bigint as fields, null::bigint as changed
          from decisions d where ${decisionsOf(w)} and ${approved} group by 1
        union all
        select d.type_id, 0, 1, k.fields, k.changed from decisions d cross join lateral (select count(*) as fields,
            count(*) filter (where d.arguments->key is distinct from d.edited_arguments->key) as changed
          from (select jsonb_object_keys(d.arguments) as key union select jsonb_object_keys(d.edited_arguments)) keys) k
          where ${decisionsOf(w)} and ${approved} and d.edited_arguments is not null) parts
      join decision_types t on t.id = parts.type_id group by t.id, t.name order by approved desc limit 50`,
  );
  const bars = rows.map((row) => ({
    ...row,
    ...shareNumbers(plain(row.edited), plain(row.approved - row.edited), 0),
  }));
  return {
    sentence:
      rows.length === 0
        ? "No person approved anything in this time."
        : `${rows.reduce((sum, { edited }) => sum + edited, 0).toLocaleString("en")} of ${rows.reduce((sum, { approved }) => sum + approved, 0).toLocaleString("en")} approvals changed something.`,
    population: "Decisions of this time that a person approved",
    weighting: "plain counts",
    picture: {
      kind: "bars",
      unit: "share",
      bars: bars.map(({ name, value, lower, upper, n }) => ({
        label: name,
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
        "Type",
        "Approved",
        "Edited",
        "Share edited",
        "Lower",
        "Upper",
        "Share of fields changed in edits",
      ],
      rows: bars.map(({ name, approved, edited, value, lower, upper, fields, changed }) => [
        name,
        approved,
        edited,
        value,
        lower,
        upper,
        fields ? (changed ?? 0) / fields : null,
      ]),
    },
    rows: rowsBehind(w.ctx, w.filter, { route: "review", status: "approved" }),
  };
}

const approved = sql`d.route = 'review' and d.status = 'approved' and d.decided_by like 'user:%'`;
