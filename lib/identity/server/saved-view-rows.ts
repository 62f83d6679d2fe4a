import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { may } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Capability } from "../matrix";
import type { SavedView } from "../saved-views";
import type { ViewPage } from "../view-query";

const capabilityOf: Record<ViewPage, Capability> = {
  inbox: "reviews.read",
  decisions: "decisions.read",
  audits: "audits.read",
  executions: "executions.read",
};

type Row = Omit<SavedView, "object">;

/** Views that this person may see and that hold to `where` (over alias `v`), their own first, by name. */
export async function seenViews(ctx: Context, where: SQL, limit: number): Promise<SavedView[]> {
  const me = requirePerson(ctx);
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select v.id, v.page, v.name, v.query, v.shared, v.owner_id = ${me} as mine, coalesce(u.name, 'Somebody') as owner,
        to_char(v.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at
      from saved_views v left join users u on u.id = v.owner_id
      where v.org_id = ${ctx.orgId} and (v.owner_id = ${me} or v.shared) and ${where}
      order by v.owner_id <> ${me}, lower(v.name), v.id limit ${limit}`,
  );
  return rows
    .filter(({ page }) => may(ctx.actor, capabilityOf[page]))
    .map((row) => ({ ...row, object: "saved_view" }));
}

/** One view this person may see. Throws `not_found`. */
export async function seenView(ctx: Context, id: string): Promise<SavedView> {
  const [view] = await seenViews(ctx, sql`v.id = ${id}`, 1);
  if (!view) throw new DomainError("not_found", `There is no saved view ${id.slice(0, 64)}`);
  return view;
}

/** The person who acts; a key keeps no views. */
export function requirePerson(ctx: Context): string {
  if (ctx.actor.kind === "user") return ctx.actor.id;
  throw new DomainError("forbidden", "Only a person can do this: use a personal access token or sign in.");
}

/** The error of a name that the owner has on that list already. */
export function nameTaken(name: string): DomainError {
  const message = "You have a view of this name";
  return new DomainError("conflict", `${message}: ${name}`, {
    code: "key_taken",
    errors: [{ pointer: "/name", code: "key_taken", message }],
  });
}
