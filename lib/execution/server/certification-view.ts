import { and, desc, eq, sql, type SQL } from "drizzle-orm";
import { certifications, connectorActions, connectors, users } from "@/db/schema";
import type { CertificationRecord, CertificationView } from "../certification";
import type { Context } from "@/lib/server/context";

/** Certification runs as they are shown; the caller has authorised. */
export async function certificationViews(
  ctx: Context,
  query: { where: SQL | undefined; order?: SQL; limit: number },
): Promise<CertificationView[]> {
  const rows = await ctx.db
    .select({
      row: certifications,
      connector: connectors.key,
      class: connectors.class,
      version: connectors.version,
      action: connectorActions.key,
      requestedByName: users.name,
    })
    .from(certifications)
    .innerJoin(connectors, eq(connectors.id, certifications.connectorId))
    .innerJoin(connectorActions, eq(connectorActions.id, certifications.actionId))
    .leftJoin(users, sql`${certifications.requestedBy} = 'user:' || ${users.id}`)
    .where(and(eq(certifications.orgId, ctx.orgId), query.where))
    .orderBy(query.order ?? desc(certifications.id))
    .limit(query.limit);
  return rows.map(({ row, ...named }) => {
    const record = row.checks as CertificationRecord; // only ever written by this room
    return {
      id: row.id,
      object: "certification",
      connector_id: row.connectorId,
      connector: named.connector,
      action_id: row.actionId,
      action: named.action,
      class: named.class,
      connector_version: row.connectorVersion,
      stale: named.version !== row.connectorVersion,
      status: row.status,
      arguments: record.arguments,
      bad_arguments: record.bad_arguments,
      checks: record.results,
      requested_by: row.requestedBy,
      requested_by_name: named.requestedByName,
      created_at: row.createdAt.toISOString(),
      finished_at: row.finishedAt?.toISOString() ?? null,
    };
  });
}
