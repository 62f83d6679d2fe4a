import { sql } from "drizzle-orm";
import { toldSummary, type Told } from "@/lib/decisions/told-summary";
import { sha256 } from "@/lib/identity/server/secret";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { stamp } from "@/lib/reviews/server/review-sql";
import type { PublicNotice } from "../public-notice";

/** After an answer the page stays up this long, so that the person can read it. */
const readableAfter = sql`interval '180 days'`;

/** An appeal `a` whose link still shows something: open, waiting, or answered not long ago. */
export const isReadable = sql`(a.status in ('submitted', 'upheld', 'overturned') and coalesce(a.closed_at, now()) > now() - ${readableAfter}
  or a.status = 'offered' and a.expires_at > now())`;

type Row = Told & {
  org_name: string;
  acted: boolean;
  decided_by: string | null;
  decided_at: string;
  reason: string | null;
  status: PublicNotice["status"];
  expires_at: string;
  submitted_at: string | null;
  due_at: string | null;
  answer: string | null;
  closed_at: string | null;
};

/**
 * What a link shows to whoever holds it, or undefined: for a token that never was, that lapsed, or whose answer is long
 * read. Looking at it changes nothing but the time of its first opening.
 */
export async function findNotice(ctx: Context, token: string): Promise<PublicNotice | undefined> {
  authorize(ctx, "system.run");
  const [row] = await rowsOf<Row>(
    ctx.db,
    sql`with opened as (
        update appeals a set opened_at = coalesce(a.opened_at, now())
        where a.token_hash = ${sha256(token)} and a.org_id = ${ctx.orgId} and ${isReadable} returning a.*)
      select o.name as org_name, t.name as type_name, t.summary_template, coalesce(d.edited_arguments, d.arguments) as arguments,
        d.edited_arguments is not null as is_edited, t.amount_pointer, d.amount, d.currency, d.status = 'approved' as acted,
        d.decided_by, ${stamp("coalesce(d.decided_at, d.created_at)")} as decided_at,
        (select r.reason_code from reviews r where r.decision_id = d.id and r.verdict = 'decline'
          and d.status = 'declined' and r.kind in ('approval', 'second') order by r.resolved_at desc limit 1) as reason,
        a.status, ${stamp("a.expires_at")} as expires_at, ${stamp("a.submitted_at")} as submitted_at,
        ${stamp("a.due_at")} as due_at, a.answer, ${stamp("a.closed_at")} as closed_at
      from opened a join decisions d on d.id = a.decision_id join decision_types t on t.id = d.type_id
      join orgs o on o.id = a.org_id where d.status in ('approved', 'declined')`,
  );
  return row && noticeOf(row);
}

function noticeOf(row: Row): PublicNotice {
  return {
    orgName: row.org_name,
    about: row.type_name,
    summary: toldSummary(row),
    outcome: row.acted ? "acted" : "not_acted",
    decidedAt: row.decided_at,
    by: row.decided_by?.startsWith("user:") ? "person" : "automatic",
    reason: row.reason,
    status: row.status,
    expiresAt: row.expires_at,
    submittedAt: row.submitted_at,
    dueAt: row.due_at,
    answer: row.answer,
    closedAt: row.closed_at,
  };
}
