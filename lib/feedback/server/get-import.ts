import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ImportView } from "../import-contract";
import { importView } from "./import-rows-sql";

/** One import with its progress. Throws `not_found`. */
export function getImport(ctx: Context, { params }: { params: { id: string } }): Promise<ImportView> {
  authorize(ctx, "feedback.import");
  return importView(ctx, params.id);
}
