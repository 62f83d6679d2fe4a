import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { feedback } from "@/db/schema";
import { canonicalJson } from "@/lib/kernel/canonical";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { EvidenceSpan } from "../evidence";
import { type FeedbackRow, saidOf } from "../import-rows";
import { checkAgainst, evidenceSources, feedbackTargets } from "./feedback-targets";
import { sentenceOf } from "./parse-import-row";
import type { ImportOf, Matched, RowResult } from "./matched-row";

type Fresh = Matched<FeedbackRow> & { name: string; hash: string; spans: EvidenceSpan[] };

/**
 * Records feedback of a file. A row's name is its own key, else what it says: the same name of the same decision is
 * recorded once, whichever file it comes in. A key that stands with other words is refused, as is what does not fit the
 * decision.
 */
export async function recordFeedbackRows(
  ctx: Context,
  about: ImportOf,
  matched: readonly Matched<FeedbackRow>[],
): Promise<RowResult[]> {
  authorize(ctx, "decisions.feedback");
  if (matched.length === 0) return [];
  const check = await checker(ctx, matched);
  const standing = await namesOf(ctx, matched);
  const fresh: Fresh[] = [];
  const results = matched.map((one): RowResult => {
    const { line, decision } = one;
    const { name, hash } = nameOf(one);
    const was = standing.get(`${decision.id} ${name}`);
    if (was !== undefined) return again(one, was === hash);
    const { spans, errors } = check(one);
    if (errors.length > 0) return invalid(one, sentenceOf({ message: "", errors }));
    standing.set(`${decision.id} ${name}`, hash);
    fresh.push({ ...one, name, hash, spans });
    return { line, status: "recorded", decision_id: decision.id, problem: null };
  });
  await write(ctx, about, fresh);
  return results;
}

function again({ line, decision, row }: Matched<FeedbackRow>, same: boolean): RowResult {
  if (same) return { line, status: "repeated", decision_id: decision.id, problem: null };
  return invalid({ line, decision, row }, `/key: ${row.key} stands already, with other words`);
}

function invalid({ line, decision }: Matched<FeedbackRow>, problem: string): RowResult {
  return { line, status: "invalid", decision_id: decision.id, problem };
}

async function checker(ctx: Context, matched: readonly Matched<FeedbackRow>[]) {
  const ids = (list: readonly Matched<FeedbackRow>[]) => [
    ...new Set(list.map(({ decision }) => decision.id)),
  ];
  const targets = await feedbackTargets(ctx, ids(matched));
  const quoting = matched.filter(({ row }) => row.evidence !== undefined);
  const sources = quoting.length > 0 ? await evidenceSources(ctx, ids(quoting)) : new Map();
  return ({ row, decision }: Matched<FeedbackRow>) => {
    const target = targets.get(decision.id);
    if (!target) throw new Error(`${decision.id} was found a moment ago`);
    return checkAgainst(target, sources.get(decision.id), row);
  };
}

function nameOf({ row, decision }: Matched<FeedbackRow>): { name: string; hash: string } {
  const { source = "customer", key } = row;
  const hash = sha256({ decision: decision.id, source, ...said(row) });
  return {
    name: `import:${key === undefined ? hash : sha256({ decision: decision.id, source, key })}`,
    hash,
  };
}

// What is not said is left out, so that it hashes as it was sent.
function said(row: FeedbackRow): object {
  return Object.fromEntries(Object.entries(saidOf(row)).filter(([, value]) => value !== undefined));
}

function sha256(value: object): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** What earlier rows of files said of these decisions: the hash by decision and name. */
async function namesOf(ctx: Context, matched: readonly Matched<unknown>[]): Promise<Map<string, string>> {
  const ids = [...new Set(matched.map(({ decision }) => decision.id))];
  const rows = await rowsOf<{ decision_id: string; name: string; hash: string }>(
    ctx.db,
    sql`select decision_id, idempotency_key as name, request_hash as hash from feedback
      where decision_id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
        and org_id = ${ctx.orgId} and idempotency_key like 'import:%'`,
  );
  return new Map(rows.map(({ decision_id, name, hash }) => [`${decision_id} ${name}`, hash]));
}

async function write(ctx: Context, about: ImportOf, fresh: readonly Fresh[]): Promise<void> {
  if (fresh.length === 0) return;
  const rows = fresh.map(({ row, decision, name, hash, spans }) => ({
    id: newId("feedback"),
    orgId: ctx.orgId,
    decisionId: decision.id,
    source: row.source ?? ("customer" as const),
    ...saidOf(row),
    evidence: spans.length > 0 ? spans : null,
    actor: actorName(ctx.actor),
    idempotencyKey: name,
    requestHash: hash,
  }));
  await ctx.db.insert(feedback).values(rows);
  const told = rows.map(({ id, decisionId, source, vote = null, cause = null }) => ({
    id,
    decision_id: decisionId,
    data: { source, vote, cause, import: about.id },
  }));
  await rowsOf(
    ctx.db,
    sql`insert into events (org_id, type, decision_id, subject, data)
      select ${ctx.orgId}, 'feedback.created', decision_id, id, data
      from json_to_recordset(${JSON.stringify(told)}::json) as e(id text, decision_id text, data jsonb)`,
  );
  await record(ctx, "feedback.imported", about.id, {
    items: rows.map(({ id, decisionId, requestHash }) => ({
      id,
      decision: decisionId,
      request: requestHash,
    })),
  });
}
