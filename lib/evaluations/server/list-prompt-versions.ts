import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** Prompt versions seen among the newest 20,000 decisions, for the filter: bounded however long the history. */
export async function listPromptVersions(ctx: Context): Promise<string[]> {
  authorize(ctx, "evaluations.read");
  const rows = await rowsOf<{ version: string }>(
    ctx.db,
    sql`select distinct prompt_version as version from (
        select prompt_version from decisions where org_id = ${ctx.orgId} and not measure order by created_at desc limit 20000) newest
      where prompt_version is not null order by 1 desc limit 100`,
  );
  return rows.map(({ version }) => version);
}
