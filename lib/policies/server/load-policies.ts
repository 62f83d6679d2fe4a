import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { rowsOf } from "@/lib/server/rows";
import { policyInForce, type PolicyInForce } from "../rule-on";
import type { PolicyRule } from "../schema";

/** A live version, as a decision's type names it; `revision` is the policy's own, raised by every change of it. */
export type LiveVersion = { id: string; revision: number; shadow: boolean };

type Row = {
  id: string;
  policyId: string;
  number: number;
  name: string;
  rules: PolicyRule[];
};

const kept = new Map<string, PolicyInForce>();
const mostKept = 500;

/** Under which a version is kept: one that went back to draft and came again is another. */
export const versionKey = ({ id, revision }: LiveVersion) => `${id}@${revision}`;

/**
 * These versions with their rules compiled, by {@link versionKey}. Read once per process and version; no query where
 * all of them are known.
 */
export async function loadPolicies(
  db: Database,
  orgId: string,
  wanted: readonly LiveVersion[],
): Promise<Map<string, PolicyInForce>> {
  const found = new Map<string, PolicyInForce>();
  const missing: LiveVersion[] = [];
  for (const version of wanted) {
    const known = kept.get(versionKey(version));
    if (known) found.set(versionKey(version), known);
    else missing.push(version);
  }
  if (missing.length === 0) return found;
  const rows = await rowsOf<Row>(
    db,
    sql`select v.id, v.policy_id as "policyId", v.number, p.name, v.rules from policy_versions v
      join policies p on p.id = v.policy_id
      where v.org_id = ${orgId} and v.id = any(${sql.param(missing.map(({ id }) => id))}::text[])`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  if (kept.size > mostKept) kept.clear();
  for (const version of missing) {
    const row = byId.get(version.id);
    if (!row) continue;
    const { id: versionId, ...rest } = row;
    const policy = policyInForce({ ...rest, versionId });
    kept.set(versionKey(version), policy);
    found.set(versionKey(version), policy);
  }
  return found;
}
