import { sql, type SQL } from "drizzle-orm";
import { leastPseudonyms } from "@/lib/reviews/measures";
import { namesOf, pseudonyms } from "@/lib/reviews/server/list-queue-reviewers";
import { rowsOf } from "@/lib/server/rows";
import type { Context } from "@/lib/server/context";
import type { TileBody } from "../../board-schema";
import { shareNumbers } from "../reading";
import { notNarrowedBy, othersOf, type Window } from "../window";

type Row = {
  who: string;
  rulings: number;
  compared: number;
  overrides: number;
  p50: number | null;
  asked: number;
  caught: number;
};
/** Whose figures may be seen, and under which names. */
type Sight = { where: SQL; named: "names" | "pseudonyms"; said: string };

/** Rulings that are counted, and those of them that are held against the proposal: each of these reads a decision. */
const mostLooked = 50_000;
const mostCompared = 10_000;

const plain = (count: number) => ({ count, weight: count, squaredWeight: count });

/**
 * Load, overrides, looks and known answers by person: a lead sees names in the queues led, an admin pseudonyms where
 * they hide somebody, everybody else their own line: the answer is one person's.
 */
export async function reviewerLoad(w: Window): Promise<TileBody> {
  const sight = await sightOf(w.ctx);
  const rows = sight ? await readRows(w, sight.where) : [];
  const few = sight?.named === "pseudonyms" && rows.length < leastPseudonyms;
  const people = few ? [] : rows;
  const who = people.map((row) => row.who);
  const names = sight?.named === "names" ? await namesOf(w.ctx, who) : pseudonyms("evaluation", who);
  const lines = people
    .map((row) => ({ ...row, name: names.get(row.who) ?? "Somebody" }))
    // By name, so that nobody reads a ranking into it.
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const all = rows.reduce((sum, { rulings }) => sum + rulings, 0);
  return {
    sentence: few
      ? `Fewer than ${leastPseudonyms} people ruled: a pseudonym would hide nobody.`
      : sight
        ? `${all.toLocaleString("en")} rulings of ${people.length} people. ${sight.said}`
        : "Only people who lead a queue, admins, and each person for themselves may see this.",
    population: `Verdicts given in this time${all >= mostLooked ? `, the newest ${mostLooked.toLocaleString("en")} of them` : ""}; overrides among ${all > mostCompared ? `the newest ${mostCompared.toLocaleString("en")}` : "them"}; known answers asked in this time`,
    weighting: "plain counts; known answers only from 10",
    picture: {
      kind: "bars",
      unit: "share",
      bars: lines.map(({ name, rulings }) => {
        const { value, lower, upper } = shareNumbers(plain(rulings), plain(all - rulings), 0);
        return { label: name, value, lower, upper, n: rulings, cumulative: null, href: null };
      }),
    },
    table: {
      columns: [
        "Person",
        "Rulings",
        "Compared",
        "Overrides",
        "Override rate",
        "Look p50 (seconds)",
        "Known answers",
        "Share right",
      ],
      rows: lines.map(({ name, rulings, compared, overrides, p50, asked, caught }) => [
        name,
        rulings,
        compared,
        overrides,
        compared === 0 ? null : overrides / compared,
        p50,
        asked,
        asked < 10 ? null : caught / asked,
      ]),
    },
    not_narrowed_by: notNarrowedBy(w.filter),
    rows: null,
  };
}

async function sightOf({ db, actor, orgId }: Context): Promise<Sight | null> {
  if (actor.kind !== "user") return null;
  const led = await rowsOf<{ id: string }>(
    db,
    sql`select queue_id as id from queue_members where user_id = ${actor.id} and org_id = ${orgId} and lead`,
  );
  const ids = led.map(({ id }) => id);
  if (ids.length > 0) {
    return {
      where: sql`queue_id = any(${sql.param(ids)}::text[])`,
      named: "names",
      said: "Of the queues you lead.",
    };
  }
  if (actor.role === "admin")
    return { where: sql`true`, named: "pseudonyms", said: "Names are for whoever leads a queue." };
  if (actor.role !== "reviewer") return null;
  return { where: sql`who = ${`user:${actor.id}`}`, named: "names", said: "Your own." };
}

function readRows(w: Window, where: SQL): Promise<Row[]> {
  const moment = (column: SQL) =>
    othersOf(w, { org: sql`r.org_id`, app: sql`r.app_id`, type: sql`r.type_id`, moment: column });
  return rowsOf<Row>(
    w.ctx.db,
    sql`with ruled as materialized (
        select r.resolved_by as who, r.queue_id, r.decision_id, r.resolved_at, r.verdict in ('approve', 'edit') as acts,
          case when r.claimed_by = r.resolved_by then extract(epoch from coalesce(r.staged_at, r.resolved_at) - r.claimed_at)::float8 end as look
        from reviews r where ${moment(sql`r.resolved_at`)} and r.resolved_by like 'user:%' and r.verdict in ('approve', 'edit', 'decline')
          and not exists (select 1 from measures m where m.decision_id = r.decision_id)
        order by r.resolved_at desc limit ${mostLooked}),
      compared as (
        select x.who, (d.predicted = 'positive') <> x.acts as overridden
        from (select * from ruled where ${where} order by resolved_at desc limit ${mostCompared}) x join decisions d on d.id = x.decision_id),
      asked as (
        select m.reviewer as who, m.queue_id, (m.verdict in ('approve', 'edit')) = (m.expected in ('approve', 'edit')) as caught
        from measures m join reviews r on r.id = m.review_id
        where m.kind = 'gold' and m.verdict is not null and m.reviewer is not null and ${moment(sql`m.answered_at`)})
      select who, sum(rulings)::int as rulings, sum(compared)::int as compared, sum(overrides)::int as overrides, max(p50) as p50,
        sum(asked)::int as asked, sum(caught)::int as caught from (
        select who, count(*) as rulings, 0 as compared, 0 as overrides, percentile_cont(0.5) within group (order by look) as p50,
            0 as asked, 0 as caught from ruled where ${where} group by who
        union all select who, 0, count(*), count(*) filter (where overridden), null, 0, 0 from compared group by who
        union all select who, 0, 0, 0, null, count(*), count(*) filter (where caught) from asked where ${where} group by who) parts
      group by who limit 200`,
  );
}
