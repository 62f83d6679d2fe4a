import { and, eq } from "drizzle-orm";
import { appealFiles } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { personOf } from "@/lib/reviews/server/review-sql";
import { requirePersonal } from "@/lib/policies/server/mask-for";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";

/** A file that came with an appeal, for staff and as a download only. Throws `not_found`, and `personal_data` to whom texts are shown masked. */
export async function getAppealFile(
  ctx: Context,
  { fileId }: { fileId: string },
): Promise<{ name: string; content: Buffer }> {
  authorize(ctx, "appeals.read");
  personOf(ctx);
  await requirePersonal(ctx);
  const [file] = await ctx.db
    .select({ name: appealFiles.name, content: appealFiles.content })
    .from(appealFiles)
    .where(and(eq(appealFiles.id, fileId), eq(appealFiles.orgId, ctx.orgId)));
  if (!file) throw new DomainError("not_found", `There is no file ${fileId}`);
  return file;
}
