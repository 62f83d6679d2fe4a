import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { List, ListQuery } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import type { NoteView } from "../notes";
import { person } from "./review-rows";
import { stamp } from "./review-sql";

type Row = {
  id: string;
  decision_id: string;
  text: string;
  author: string;
  author_name: string | null;
  mentions: NoteView["mentions"] | null;
  created_at: string;
};

/** The team's notes on a decision, newest first, by keyset. Throws `not_found`. */
export async function listNotes(
  ctx: Context,
  { params, query }: { params: { decision: string }; query: ListQuery },
): Promise<List<NoteView>> {
  authorize(ctx, "notes.read");
  await requireNotable(ctx, params.decision);
  const backwards = query.ending_before !== undefined && query.starting_after === undefined;
  const after = query.starting_after ? sql`and n.id < ${query.starting_after}` : sql``;
  const before = query.ending_before ? sql`and n.id > ${query.ending_before}` : sql``;
  const found = await noteViews(
    ctx,
    sql`n.decision_id = ${params.decision} ${after} ${before}
      order by n.id ${backwards ? sql`asc` : sql`desc`} limit ${query.limit + 1}`,
  );
  const page = found.slice(0, query.limit);
  return {
    object: "list",
    url: `/api/v1/decisions/${params.decision}/notes`,
    has_more: found.length > query.limit,
    data: backwards ? page.toReversed() : page,
  };
}

/** Notes of this organisation, for the rest of a `where` over alias `n` with its order. */
export async function noteViews(ctx: Context, rest: SQL): Promise<NoteView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select n.id, n.decision_id, n.text, n.author, a.name as author_name, ${stamp("n.created_at")} as created_at,
        (select json_agg(json_build_object('id', u.id, 'name', u.name) order by u.name) from users u
          where u.org_id = n.org_id and n.mentions ? u.id) as mentions
      from notes n left join users a on a.id = substr(n.author, 6)
      where n.org_id = ${ctx.orgId} and ${rest}`,
  );
  const notes = rows.map(({ author, author_name, mentions, ...note }) => ({
    ...note,
    object: "note" as const,
    author: person(author, author_name) ?? { id: author, name: "Somebody" },
    mentions: mentions ?? [],
  }));
  return maskFor(ctx, notes);
}

/** Throws `not_found` for a decision that is not of this organisation. */
export async function requireNotable(ctx: Context, decisionId: string): Promise<void> {
  const [found] = await rowsOf(
    ctx.db,
    sql`select 1 as found from decisions where id = ${decisionId} and org_id = ${ctx.orgId}`,
  );
  if (!found) throw new DomainError("not_found", `There is no decision ${decisionId}`);
}
