import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { defaultInstructions } from "../auditor-prompt";
import type { AuditorView } from "../schema";
import type { AuditorMode } from "../vocabulary";

type Row = {
  id: string;
  key: string;
  name: string;
  mode: AuditorMode | null;
  model_id: string | null;
  instructions: string | null;
  version: number | null;
};

/** Who proposes causes for each app, by the apps' names. */
export async function listAuditors(ctx: Context): Promise<AuditorView[]> {
  authorize(ctx, "discrepancies.read");
  return (await read(ctx, undefined)).map(viewOf);
}

/** Who proposes causes for one app, by its key or id. Throws `not_found`. */
export async function getAuditor(ctx: Context, { app }: { app: string }): Promise<AuditorView> {
  authorize(ctx, "discrepancies.read");
  const [row] = await read(ctx, app);
  if (!row) throw new DomainError("not_found", `There is no app ${app}`);
  return viewOf(row);
}

function read(ctx: Context, app: string | undefined): Promise<Row[]> {
  return rowsOf<Row>(
    ctx.db,
    sql`select a.id, a.key, a.name, l.mode, l.model_id, l.instructions, l.version
      from apps a left join llm_auditors l on l.app_id = a.id
      where a.org_id = ${ctx.orgId} and a.archived_at is null ${app ? sql`and (a.key = ${app} or a.id = ${app})` : sql``}
      order by a.name, a.id`,
  );
}

function viewOf({ id, key, name, mode, model_id, instructions, version }: Row): AuditorView {
  return {
    object: "llm_auditor",
    app: { id, key, name },
    mode: mode ?? "rules",
    model_id,
    instructions: instructions ?? defaultInstructions,
    version: version ?? 0,
  };
}
