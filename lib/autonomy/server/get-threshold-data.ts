import { sql } from "drizzle-orm";
import { recentLooks } from "@/lib/reviews/server/recent-looks";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ThresholdData, ThresholdQuery } from "../threshold-endpoints";
import { inForce, isDrawn, isHeld, lookingAt, type Looking, mostDecisions, within } from "./threshold-window";

type Columns = ThresholdData["columns"];
type Read = {
  total: number;
  without_confidence: number;
  from: string | null;
  to: string | null;
  score: number[] | null;
  calibrated: (number | null)[] | null;
  label: string | null;
  pi: number[] | null;
  held: string | null;
  alone: string | null;
  amount: (number | null)[] | null;
  day: number[] | null;
  segment: string[] | null;
};

/** Everything one kind of proposal's threshold can be judged by, as columns: newest first, at most 200,000. */
export async function getThresholdData(
  ctx: Context,
  input: ThresholdQuery & { app: string },
): Promise<ThresholdData> {
  authorize(ctx, "contracts.read");
  const looking = await lookingAt(ctx, input);
  const [read, handling, force] = [
    await readColumns(ctx, looking),
    await readHandling(ctx, looking),
    await inForce(ctx, looking),
  ];
  const { type, app, predicted, contracts } = looking;
  const { segment, segments } = coded(read.segment ?? []);
  const cost = predicted === "positive" ? type.costWrongYes : type.costWrongNo;
  return {
    object: "threshold_data",
    app,
    type: { id: type.id, key: type.key, name: type.name, currency: type.currency },
    predicted,
    from: read.from ?? "",
    to: read.to ?? "",
    total: Math.min(read.total, mostDecisions),
    truncated: read.total > mostDecisions,
    without_confidence: read.without_confidence,
    in_force: force,
    contracts: contracts.map(({ audit_rate: _, ...contract }) => contract),
    cost_wrong: Number(cost) > 0 ? { amount: Number(cost), currency: type.currency } : null,
    handling,
    columns: { ...columnsOf(read), segment },
    segments,
  };
}

function columnsOf(read: Read): Omit<Columns, "segment"> {
  return {
    score: read.score ?? [],
    calibrated: read.calibrated?.some((one) => one !== null) ? read.calibrated : null,
    label: read.label ?? "",
    pi: read.pi ?? [],
    held: read.held ?? "",
    alone: read.alone ?? "",
    amount: read.amount?.some((one) => one !== null) ? read.amount : null,
    day: read.day ?? [],
  };
}

// One row comes back, with a column's values in each field: no object is made per decision.
async function readColumns(ctx: Context, looking: Looking): Promise<Read> {
  const moment = (at: ReturnType<typeof sql>) =>
    sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const [read] = await rowsOf<Read>(
    ctx.db,
    sql`with picked as materialized (
        select d.id, d.created_at, d.confidence, d.calibrated, d.amount, ${letter} as label,
          case when d.truth is null then 1 when d.truth_source <> 'outcome' then d.truth_pi
            when ${isDrawn} then d.pi_label else 1 end as pi,
          case when ${isHeld} then '1' else '0' end as held,
          case when d.route in ('execute', 'decline') then '1' else '0' end as alone,
          jsonb_build_array(d.subject_type, d.model ->> 'name', d.prompt_version, d.metadata ->> 'language')::text as segment
        from decisions d where ${within(ctx, looking)} order by d.created_at desc limit ${mostDecisions + 1}),
      looked as materialized (select * from picked order by created_at desc limit ${mostDecisions}),
      ends as (select min(created_at) as first, max(created_at) as last,
        count(*) filter (where confidence is null)::int as without from looked),
      entries as (select l.*, floor(extract(epoch from ends.last - l.created_at) / 86400)::int as day
        from looked l, ends where l.confidence is not null order by l.created_at desc, l.id desc)
      select (select count(*)::int from picked) as total, ends.without as without_confidence,
        ${moment(sql`ends.first`)} as "from", ${moment(sql`ends.last`)} as "to", columns.*
      from ends, (select json_agg(confidence) as score, json_agg(calibrated) as calibrated, string_agg(label, '') as label,
          json_agg(pi) as pi, string_agg(held, '') as held, string_agg(alone, '') as alone, json_agg(amount) as amount,
          json_agg(day) as day, json_agg(segment) as segment from entries) columns`,
  );
  if (!read) throw new Error("An aggregate answers one row");
  return read;
}

const letter = sql`case when d.truth is null then 'u'
  when ${isDrawn} then case when d.truth = d.predicted then 'r' else 'w' end
  else case when d.truth = d.predicted then 'R' else 'W' end end`;

async function readHandling(ctx: Context, { type }: Looking): Promise<ThresholdData["handling"]> {
  const at = (share: number) => sql`percentile_cont(${share}::float8) within group (order by w.look)`;
  const [handling] = await rowsOf<ThresholdData["handling"]>(
    ctx.db,
    sql`select count(w.look)::int as n, ${at(0.5)} as median_seconds, ${at(0.25)} as p25_seconds,
        ${at(0.75)} as p75_seconds
      from ${recentLooks(ctx)} where w.type_id = ${type.id}`,
  );
  return handling ?? { n: 0, median_seconds: null, p25_seconds: null, p75_seconds: null };
}

/** Combinations of what is known of a decision beyond so many are one: an app may name a new model each time. */
const mostSegments = 500;
const rest: ThresholdData["segments"][number] = {
  subject_type: null,
  model: null,
  prompt_version: null,
  language: null,
};

function coded(keys: readonly string[]): Pick<ThresholdData, "segments"> & Pick<Columns, "segment"> {
  const codes = new Map<string, number>();
  const segments: ThresholdData["segments"] = [];
  const segment = keys.map((key) => {
    const known = codes.get(key);
    if (known !== undefined) return known;
    // The one after the last stands for the rest.
    const code = segments.length;
    if (code < mostSegments) segments.push(segmentOf(key));
    codes.set(key, code);
    return code;
  });
  if (segments.length >= mostSegments) segments.push(rest);
  return { segment, segments };
}

function segmentOf(key: string): ThresholdData["segments"][number] {
  // Written by the query itself: an array of four texts or nulls.
  const [subject_type = null, model = null, prompt_version = null, language = null] = JSON.parse(key) as (
    | string
    | null
  )[];
  return { subject_type, model, prompt_version, language };
}
