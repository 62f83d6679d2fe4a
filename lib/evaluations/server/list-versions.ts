import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { declaredSegments, segmentValue } from "./tiles/segments";
import { windowOf } from "./window";

/** Looked at for the choices of a filter: bounded however long the history. */
const newest = 20_000;
const mostChoices = 100;

/** Prompt versions and models among the newest decisions, for the filter. */
export async function listVersions(ctx: Context): Promise<{ prompts: string[]; models: string[] }> {
  authorize(ctx, "evaluations.read");
  const rows = await rowsOf<{ prompt: string | null; model: string | null }>(
    ctx.db,
    sql`select distinct prompt_version as prompt, model->>'name' as model from (
        select prompt_version, model from decisions where org_id = ${ctx.orgId} and not measure
        order by created_at desc limit ${newest}) newest limit 1000`,
  );
  const each = (pick: (row: (typeof rows)[number]) => string | null) =>
    [...new Set(rows.flatMap((row) => pick(row) ?? []))].toSorted().toReversed().slice(0, mostChoices);
  return { prompts: each(({ prompt }) => prompt), models: each(({ model }) => model) };
}

/** Values of the segments a type declares, among its newest decisions: `region:north`. */
export async function listSegmentValues(
  ctx: Context,
  type: string,
): Promise<{ key: string; name: string }[]> {
  authorize(ctx, "evaluations.read");
  const segments = await declaredSegments(windowOf(ctx, { type }));
  const found = await Promise.all(
    segments.map(async (segment) => {
      const rows = await rowsOf<{ value: string }>(
        ctx.db,
        sql`select distinct value from (select ${segmentValue(segment)} as value from decisions d
            where d.org_id = ${ctx.orgId} and d.type_id = ${segment.typeId} and not d.measure
            order by d.created_at desc limit ${newest}) newest where length(value) <= 200 order by 1 limit 30`,
      );
      return rows.map(({ value }) => ({
        key: `${segment.key}:${value}`,
        name: `${segment.name}: ${value}`,
      }));
    }),
  );
  return found.flat();
}
