import { sql } from "drizzle-orm";
import { findApp, findType } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ActiveArtifact, ArtifactContent } from "../trainings";
import { artifactViews } from "./artifact-rows";

/** The model in force of an app and type, to be run by the app itself. Throws `not_found` where none is. */
export async function getActiveArtifact(ctx: Context, input: ActiveArtifact): Promise<ArtifactContent> {
  authorize(ctx, "artifacts.pull");
  const wanted = appBound(ctx) ?? input.app;
  if (wanted === undefined) throw new DomainError("invalid", "Say of which app: give its key or id as app.");
  const [app, type] = [await findApp(ctx, wanted), await findType(ctx, input.type)];
  const [view] = await artifactViews(
    ctx,
    sql`x.app_id = ${app.id} and x.type_id = ${type.id} and x.status = 'active'`,
    1,
  );
  if (!view) throw new DomainError("not_found", `No model trained here is in force for ${type.key}.`);
  const { shadow: _, ...known } = view;
  if (known.sha256 === input.known) return { ...known, content: null };
  const [row] = await rowsOf<{ content: string }>(
    ctx.db,
    sql`select content #>> '{}' as content from model_artifacts where id = ${view.id}`,
  );
  return { ...known, content: row?.content ?? null };
}
