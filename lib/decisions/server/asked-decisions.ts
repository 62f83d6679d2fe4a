import { sql, type SQL } from "drizzle-orm";
import { appBound } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";

/** A decision by id, and who asks: an organisation, or one app of it, which sees only its own and no measuring copy. */
export type AskedDecision = { id: string; orgId: string; app: string | null };

/** What the caller of a verb asks for. */
export const askedBy = (ctx: Context, id: string): AskedDecision => ({
  id,
  orgId: ctx.orgId,
  app: appBound(ctx) ?? null,
});

/**
 * A FROM item: those of the asked decisions, as alias `d`, that their askers may see, each with `asked.at`, its place
 * among the asked from 1.
 */
export function askedDecisions(asked: readonly AskedDecision[]): SQL {
  const column = (values: (string | null)[]) => sql`${sql.param(values)}::text[]`;
  const columns = [asked.map(({ id }) => id), asked.map(({ orgId }) => orgId), asked.map(({ app }) => app)];
  return sql`unnest(${sql.join(columns.map(column), sql`, `)}) with ordinality as asked(id, org_id, app_id, at)
    join decisions d on d.id = asked.id and d.org_id = asked.org_id
      and (asked.app_id is null or (d.app_id = asked.app_id and not d.measure))`;
}
