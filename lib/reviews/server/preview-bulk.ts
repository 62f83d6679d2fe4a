import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonValue } from "@/lib/kernel/json";
import { formatMoney, type Money } from "@/lib/kernel/money";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { BulkPreview, BulkRuling } from "../bulk";
import { differencesOf, fieldsOf } from "../differences";
import type { ReviewKind, ReviewSummary } from "../schema";
import { signPromise } from "./bulk-token";
import { dwellOf } from "./check-dwell";
import { standsAgainst } from "./check-four-eyes";
import { checkRuling } from "./check-ruling";
import { inTurns } from "./in-turns";
import { ruleOf, standingArguments } from "./case-rule";
import { readCase } from "./read-case";
import { summaryColumns, summaryOf, summarySource, type SummaryRow } from "./review-rows";
import { inSight } from "./queue-scope";
import { personOf } from "./review-sql";

const lastsMs = 10 * 60_000;

type Row = SummaryRow & { version: number; amount_pointer: string | null; now_ms: number };
type Left = { code: string; message: string };

/** What a ruling on many would do, and a token of exactly that. Nothing is changed, nothing is held. */
export async function previewBulk(
  ctx: Context,
  { reviews, ruling }: { reviews: string[]; ruling: BulkRuling },
): Promise<BulkPreview> {
  const ids = [...new Set(reviews)];
  const rows = new Map((await readRows(ctx, ids)).map((row) => [row.id, row]));
  const looked = await inTurns(ids, async (id) => {
    const row = rows.get(id);
    return { id, row, left: row ? await leftOut(ctx, row, ruling) : absent };
  });
  const included = looked.flatMap(({ row, left }) => (row && !left ? [row] : []));
  const until = (included[0]?.now_ms ?? 0) + lastsMs;
  const promised = {
    org: ctx.orgId,
    person: personOf(ctx),
    until,
    ruling,
    reviews: included.map(({ id, version }): [string, number] => [id, version]),
  };
  const none = included.length === 0;
  return {
    object: "bulk_preview",
    token: none ? null : signPromise(promised),
    expires_at: none ? null : new Date(until).toISOString(),
    ruling,
    count: included.length,
    totals: totalsOf(included),
    included: included.map((row) => ({ id: row.id, summary: summaryOf(row).summary })),
    excluded: looked.flatMap(({ id, row, left }) =>
      left ? [{ id, summary: row ? summaryOf(row).summary : null, ...left }] : [],
    ),
    differences: differencesOf(included.map(recordOf)),
  };
}

const alone: Partial<Record<ReviewKind, string>> = {
  second: "Somebody else has approved or edited it: open it",
  appeal: "An appeal is answered by itself: open it",
  reconcile: "Our record and the system do not agree: open it",
  discrepancy: "Our record and the system do not agree: open it",
};

const absent: Left = { code: "not_found", message: "There is no such review" };

async function readRows(ctx: Context, ids: string[]): Promise<Row[]> {
  const source = summarySource(sql`reviews r`);
  return rowsOf<Row>(
    ctx.db,
    sql`select ${summaryColumns}, r.version, floor(extract(epoch from now()) * 1000)::float8 as now_ms
      from ${source} where r.id = any(${sql.param(ids)}) and r.org_id = ${ctx.orgId}${await inSight(ctx)}`,
  );
}

// Everything that can be known beforehand; the verbs check it all again, and more, when it is applied.
async function leftOut(ctx: Context, row: Row, ruling: BulkRuling): Promise<Left | undefined> {
  const summary = summaryOf(row);
  const me = personOf(ctx).slice("user:".length);
  const standing = standingOf(summary, me);
  if (standing) return { code: "not_waiting", message: standing };
  if (summary.deliberate) {
    const why = summary.reversibility === "irreversible" ? "It cannot be undone" : "It is above its cap";
    return { code: "deliberate", message: `${why}: open it and rule on it alone` };
  }
  if (summary.kind !== "approval" || summary.returned) {
    return {
      code: "alone",
      message: alone[summary.kind] ?? "It came back before anything was sent: open it",
    };
  }
  if (summary.blind) return { code: "blind", message: "It asks for your own answer first: open it" };
  const about = await readCase(ctx, row.id);
  const rule = ruleOf(about, standingArguments(about));
  if ((rule?.stages.reduce((sum, { minimum }) => sum + minimum, 0) ?? 1) > 1) {
    return { code: "several_approvals", message: `“${rule?.name ?? ""}” asks several people: open it` };
  }
  if (dwellOf(about) > 0)
    return { code: "needs_a_look", message: "Its queue asks for a longer look: open it" };
  return standsAgainst(ctx, ruling.verdict, about) ?? refusalOf(() => checkRuling(ruling, about));
}

function standingOf({ status, staged, held_by }: ReviewSummary, me: string): string | undefined {
  if (!["open", "claimed", "snoozed"].includes(status)) return `It is ${status} already`;
  if (staged) return `${staged.by.name} gave a verdict that is about to take effect`;
  return held_by && held_by.id !== me ? `${held_by.name} holds it` : undefined;
}

function refusalOf(check: () => void): Left | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, message: error.message };
    throw error;
  }
}

function totalsOf(rows: Row[]): Money[] {
  const sums = new Map<string, number>();
  for (const { amount, currency } of rows) {
    if (amount !== null && currency !== null) sums.set(currency, (sums.get(currency) ?? 0) + Number(amount));
  }
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}

/** A review as its differences are told: the amount in words, the rest as it was proposed. */
function recordOf(row: Row): [string, JsonValue][] {
  const { amount, type, app, queue, severity, subject } = summaryOf(row);
  const money = row.amount_pointer?.slice(1).replaceAll("/", ".");
  const fields = fieldsOf(row.edited_arguments ?? row.arguments).filter(([name]) => name !== money);
  return [
    ["Amount", amount ? formatMoney(amount) : null],
    ["Type", type.name],
    ["App", app.name],
    ["Queue", queue.name],
    ["Severity", severity],
    ["Model recommends", row.predicted === "positive" ? "to act" : "not to act"],
    ["Subject", subject ? `${subject.type} ${subject.id}` : null],
    ...fields,
  ];
}
