import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Findings, ReconciliationView } from "../reconciliation";
import { stamp } from "./execution-view";

type Row = Omit<ReconciliationView, "object" | "connector" | "findings"> & {
  connector_id: string;
  connector_name: string;
  findings: Findings;
};

/** Comparisons as the API shows them, newest first, for a `where` over alias `r`. The caller has authorised. */
export async function readReconciliations(
  ctx: Context,
  { where, limit }: { where: SQL; limit: number },
): Promise<ReconciliationView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select r.id, r.connector_id, c.name as connector_name, ${stamp("r.from_at")} as from, ${stamp("r.to_at")} as to,
        r.status, r.matched, r.findings, r.error, r.requested_by, ${stamp("r.created_at")} as created_at,
        ${stamp("r.finished_at")} as finished_at
      from reconciliations r join connectors c on c.id = r.connector_id
      where r.org_id = ${ctx.orgId} and ${where} order by r.id desc limit ${limit}`,
  );
  return rows.map(({ connector_id, connector_name, ...row }) => ({
    ...row,
    object: "reconciliation",
    connector: { id: connector_id, name: connector_name },
  }));
}
