import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { DelegationStatus, DelegationView } from "../delegations";
import { stamp } from "./review-sql";

type Row = {
  id: string;
  status: DelegationStatus;
  from_id: string;
  from_name: string | null;
  to_id: string;
  to_name: string | null;
  queue: DelegationView["queue"];
  reason: string;
  starts_at: string;
  ends_at: string;
  revoked_at: string | null;
};

/** Delegations (`de`) as they are shown, newest first; the caller has authorised. */
export async function readDelegations(ctx: Context, where: SQL, limit: number): Promise<DelegationView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select de.id, case when de.revoked_at is not null then 'revoked' when de.ends_at <= now() then 'over'
          else 'active' end as status, de.from_user as from_id, f.name as from_name, de.to_user as to_id, t.name as to_name,
        case when q.id is not null then json_build_object('id', q.id, 'key', q.key, 'name', q.name) end as queue, de.reason,
        ${stamp("de.starts_at")} as starts_at, ${stamp("de.ends_at")} as ends_at, ${stamp("de.revoked_at")} as revoked_at
      from delegations de
      left join users f on f.id = de.from_user left join users t on t.id = de.to_user left join queues q on q.id = de.queue_id
      where de.org_id = ${ctx.orgId} and ${where} order by de.id desc limit ${limit}`,
  );
  return rows.map(({ from_id, from_name, to_id, to_name, ...row }) => ({
    ...row,
    object: "delegation",
    from: { id: from_id, name: from_name ?? "Somebody" },
    to: { id: to_id, name: to_name ?? "Somebody" },
  }));
}
