import { sql } from "drizzle-orm";
import type { Truth } from "@/lib/decisions/schema";
import type { Verdict } from "@/lib/kernel/statuses";
import { rowsOf } from "@/lib/server/rows";
import type { Agreement } from "@/lib/stats/agreement";
import { cohenKappa, crossTable } from "@/lib/stats/cohen-kappa";
import { krippendorffAgreement } from "@/lib/stats/krippendorff-alpha";
import { seededRandom } from "@/lib/stats/seeded-random";
import type { TileBody } from "../../board-schema";
import { shareNumbers } from "../reading";
import { notNarrowedBy, othersOf, type Window } from "../window";

/** As for a reviewer's own figures: fewer cases say nothing of anybody. */
const leastCases = 20;
// The same answers must show the same interval on every reload; so many draws give it its second digit.
const bootstrap = { seed: 20_261_124, rounds: 500 };
const words = ["act", "not act"] as const;
type Word = (typeof words)[number];

/** Two reviewers on one case: the second look of a share of rulings. */
export async function reviewerAgreement(w: Window): Promise<TileBody> {
  const rows = await rowsOf<{ first: Verdict; second: Verdict; count: number }>(
    w.ctx.db,
    sql`select m.expected as first, m.verdict as second, count(*)::int as count
      from measures m join decisions d on d.id = m.source_decision_id
      where m.kind = 'double' and m.verdict is not null and ${othersOf(w, {
        org: sql`m.org_id`,
        app: sql`d.app_id`,
        type: sql`d.type_id`,
        moment: sql`m.answered_at`,
      })} group by 1, 2`,
  );
  const said = (verdict: Verdict): Word => (verdict === "approve" || verdict === "edit" ? "act" : "not act");
  const table = crossTable([], words);
  for (const { first, second, count } of rows) {
    const row = table[words.indexOf(said(first))];
    const column = words.indexOf(said(second));
    if (row?.[column] !== undefined) row[column] += count;
  }
  const measure = cohenKappa(table);
  const ends = endsOf(measure);
  return tileOf(w, {
    name: "kappa",
    measure,
    alike: (table[0]?.[0] ?? 0) + (table[1]?.[1] ?? 0),
    population: "Rulings of this time that a second person gave on a case another had ruled on, blind to it",
    more: "Under Queues a lead sets how many cases are ruled on twice.",
    table: {
      columns: ["First said", ...words.map((word) => `Second: ${word}`), "kappa", "Lower", "Upper"],
      rows: words.map((word, at) => [word, ...(table[at] ?? []), ...(at === 0 ? ends : none)]),
    },
  });
}

/** Any number of auditors on one decision, blind to each other. */
export async function auditorAgreement(w: Window): Promise<TileBody> {
  const rows = await rowsOf<{ answers: Truth[]; count: number }>(
    w.ctx.db,
    sql`select answers, count(*)::int as count from (
      select array_agg(j.blind_answer order by j.blind_answer desc) as answers from audit_judgements j
        join audits a on a.id = j.audit_id join decisions d on d.id = a.decision_id
      where not j.adjudication and j.judgement is not null and j.blind_answer is not null and ${othersOf(w, {
        org: sql`j.org_id`,
        app: sql`d.app_id`,
        type: sql`d.type_id`,
        moment: sql`j.judged_at`,
      })} group by j.audit_id having count(*) >= 2) several group by answers order by answers`,
  );
  const units = rows.flatMap(({ answers, count }) =>
    Array.from({ length: count }, () => answers.map((answer) => (answer === "positive" ? 1 : 0))),
  );
  const measure = krippendorffAgreement(units, "nominal", {
    random: seededRandom(bootstrap.seed),
    rounds: bootstrap.rounds,
  });
  const ends = endsOf(measure);
  const saying = (answers: readonly Truth[], truth: Truth) =>
    answers.filter((answer) => answer === truth).length;
  return tileOf(w, {
    name: "alpha",
    measure,
    alike: rows.reduce((sum, { answers, count }) => sum + (new Set(answers).size === 1 ? count : 0), 0),
    population:
      "Audits of this time that two or more auditors judged, blind to each other: every one of their answers",
    more: "A sampling plan under Audits can ask for two or more.",
    table: {
      columns: ["Auditors who said act", "Auditors who said not act", "Audits", "alpha", "Lower", "Upper"],
      rows: rows.map(({ answers, count }, at) => [
        saying(answers, "positive"),
        saying(answers, "negative"),
        count,
        ...(at === 0 ? ends : none),
      ]),
    },
  });
}

type Cells = (number | null)[];
const none: Cells = [null, null, null];

/** The measure with its interval as cells of a table; empty where too few cases say it. */
function endsOf({ value, interval, n }: Agreement): Cells {
  return n < leastCases ? none : [value, interval?.lower ?? null, interval?.upper ?? null];
}

type Said = Pick<TileBody, "population" | "table"> & {
  /** What the measure is called, and the cases on which all said the same. */
  name: "kappa" | "alpha";
  measure: Agreement;
  alike: number;
  /** What one does to have more cases. */
  more: string;
};

function tileOf(w: Window, { name, measure, alike, population, more, table }: Said): TileBody {
  const { n } = measure;
  const plain = (count: number) => ({ count, weight: count, squaredWeight: count });
  return {
    sentence: sentenceOf(name, measure, more),
    population,
    weighting: "plain counts: the cases are drawn at random",
    figures: [
      {
        label: "All said the same",
        unit: "share",
        ...shareNumbers(plain(alike), plain(n - alike), 0),
        ess: null,
        population,
        weighting: "plain counts",
        rows: {},
      },
    ],
    picture: null,
    table,
    not_narrowed_by: notNarrowedBy(w.filter),
    rows: null,
  };
}

function sentenceOf(name: Said["name"], { value, interval, n }: Agreement, more: string): string {
  if (n < leastCases) return `Not enough yet for ${name}: ${n} of ${leastCases} cases. ${more}`;
  if (value === null) return `No ${name}: all of ${n.toLocaleString("en")} cases were answered alike.`;
  const ends = interval && ` (95 % interval ${interval.lower.toFixed(3)} to ${interval.upper.toFixed(3)})`;
  return `${name} ${value.toFixed(3)}${ends ?? ""}, n = ${n.toLocaleString("en")}.`;
}
