import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { ArtifactStatus } from "@/lib/models/vocabulary";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ArtifactView } from "../trainings";
import { stamp } from "./stamp";

/** What decisions made by a version name as their model; a contract begins a new period when it changes. */
export function modelNameOf(version: number): string {
  return `naive-bayes@${version}`;
}

type Row = Omit<ArtifactView, "object" | "model" | "shadow"> & { status: ArtifactStatus };

/** The organisation's models trained here that hold to `where` (over alias `x`), newest version first. */
export async function artifactViews(ctx: Context, where: SQL, limit: number): Promise<ArtifactView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select x.id, x.app_id, t.key as type, x.version, x.status, x.algorithm, x.sha256,
        (select m.id from models m where m.org_id = x.org_id and m.provider = 'local' and m.model_id = x.id
          order by m.archived_at nulls first limit 1) as model_id,
        jsonb_array_length(coalesce(x.manifest -> 'decisions', '[]'::jsonb)) as learned_from,
        ${stamp("x.created_at")} as created_at, ${stamp("x.shadow_at")} as shadow_at,
        ${stamp("x.activated_at")} as activated_at, ${stamp("x.retired_at")} as retired_at
      from model_artifacts x join decision_types t on t.id = x.type_id
      where x.org_id = ${ctx.orgId} and ${where} order by x.id desc limit ${limit}`,
  );
  const shadows = await shadowFigures(
    ctx,
    rows.filter(({ status }) => status === "shadow"),
  );
  return rows.map((row) => ({
    ...row,
    object: "model_artifact",
    model: modelNameOf(row.version),
    shadow: shadows.get(row.id) ?? null,
  }));
}

/** One of the organisation's. Throws `not_found`. */
export async function artifactView(ctx: Context, id: string): Promise<ArtifactView> {
  const [view] = await artifactViews(ctx, sql`x.id = ${id}`, 1);
  if (!view) throw new DomainError("not_found", `There is no trained model ${id.slice(0, 64)}`);
  return view;
}

async function shadowFigures(ctx: Context, rows: readonly Row[]) {
  const figures = new Map<string, NonNullable<ArtifactView["shadow"]>>();
  for (const { id, model_id: modelId } of rows) {
    const [row] = await rowsOf<NonNullable<ArtifactView["shadow"]>>(
      ctx.db,
      sql`select count(*)::int as answered, count(*) filter (where own = d.predicted)::int as same,
          count(d.truth)::int as labelled, count(*) filter (where own <> d.truth)::int as own_errors,
          count(*) filter (where d.predicted <> d.truth)::int as active_errors
        from (select r.decision_id, r.output ->> 'predicted' as own from runs r
          where r.org_id = ${ctx.orgId} and r.model_id = ${modelId} and r.purpose = 'shadow' and r.asked_by = ${id}
            and r.status = 'succeeded') said
        join decisions d on d.id = said.decision_id`,
    );
    if (row) figures.set(id, row);
  }
  return figures;
}
