import { sql } from "drizzle-orm";
import type { CustomerFeedback } from "../links";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { invalid, lapsed, readToken } from "./link-token";

/** A link that works, with what stands of it. */
export type FoundLink = {
  id: string;
  decisionId: string;
  expiresAt: string;
  standing: { id: string; said: Pick<CustomerFeedback, "vote" | "score" | "text">; at: string } | null;
};

const stamp = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

type Row = {
  id: string;
  decision_id: string;
  expires_at: string;
  open: boolean;
  feedback_id: string | null;
  vote: CustomerFeedback["vote"];
  score: number | null;
  text: string | null;
  given_at: string | null;
};

/** The link of a token. Throws `feedback_link_invalid` and `feedback_link_expired`. */
export async function findLink(ctx: Context, token: string): Promise<FoundLink> {
  const id = readToken(token, ctx.now);
  const [row] = await rowsOf<Row>(
    ctx.db,
    sql`select l.id, l.decision_id, ${stamp("l.expires_at")} as expires_at, l.expires_at > now() as open,
        f.id as feedback_id, f.vote, f.score, f.text, ${stamp("f.created_at")} as given_at
      from feedback_links l left join feedback f on f.link_id = l.id and f.replaced_by is null
      where l.id = ${id} and l.org_id = ${ctx.orgId}`,
  );
  if (!row) throw invalid();
  if (!row.open) throw lapsed();
  const { vote, score, text, feedback_id, given_at } = row;
  const standing =
    feedback_id !== null && given_at !== null
      ? { id: feedback_id, said: { vote, score, text }, at: given_at }
      : null;
  return { id: row.id, decisionId: row.decision_id, expiresAt: row.expires_at, standing };
}

/** A link as its holder sees it. */
export function customerView({ standing, expiresAt }: FoundLink): CustomerFeedback {
  const { vote, score, text } = standing?.said ?? { vote: null, score: null, text: null };
  const given_at = standing?.at ?? null;
  return { object: "customer_feedback", vote, score, text, given_at, expires_at: expiresAt };
}
