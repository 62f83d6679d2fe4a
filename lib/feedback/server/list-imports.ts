import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ImportView, listImportsEndpoint } from "../import-contract";
import { importViews } from "./import-rows-sql";

type Query = z.output<NonNullable<typeof listImportsEndpoint.query>>;

/** Imports, newest first. An app's key sees those of its own app. */
export async function listImports(ctx: Context, { query }: { query: Query }): Promise<List<ImportView>> {
  authorize(ctx, "feedback.import");
  const { limit, starting_after } = query;
  const before = starting_after === undefined ? sql`true` : sql`i.id < ${starting_after}`;
  const views = await importViews(ctx, before, limit + 1);
  return {
    object: "list",
    url: "/api/v1/feedback_imports",
    has_more: views.length > limit,
    data: views.slice(0, limit),
  };
}
