import { and, eq, inArray, isNull } from "drizzle-orm";
import { users } from "@/db/schema";
import { findType } from "@/lib/apps/server/find";
import { DomainError, type FieldError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { sql } from "drizzle-orm";
import type { ApprovalStage } from "../approval-rules";

/** The id of a decision type given by id or key; null and undefined stay. Throws `not_found`. */
export async function typeIdOf(ctx: Context, ref: string | null | undefined) {
  return typeof ref === "string" ? (await findType(ctx, ref)).id : ref;
}

/** The id of a queue given by id or key; null and undefined stay. Throws `not_found`. */
export async function queueIdOf(ctx: Context, ref: string | null | undefined) {
  if (typeof ref !== "string") return ref;
  const [queue] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from queues where org_id = ${ctx.orgId} and ${ref} in (id, key)`,
  );
  if (!queue) throw new DomainError("not_found", `There is no queue ${ref.slice(0, 100)}`);
  return queue.id;
}

/** Throws `validation_failed` unless everybody a stage names, or leaves out, is a reviewer who is there. */
export async function requireMembers(ctx: Context, stages: readonly ApprovalStage[]): Promise<void> {
  const named = [...new Set(stages.flatMap(({ members, excluded }) => [...members, ...(excluded ?? [])]))];
  if (named.length === 0) return;
  const known = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.orgId, ctx.orgId),
        eq(users.role, "reviewer"),
        isNull(users.disabledAt),
        inArray(users.id, named),
      ),
    );
  const ids = new Set(known.map(({ id }) => id));
  const unknown = (people: readonly string[] = []) => people.some((id) => !ids.has(id));
  const errors = stages.flatMap(({ members, excluded }, at) => [
    ...(unknown(members) ? [notReviewer(`/stages/${at}/members`)] : []),
    ...(unknown(excluded) ? [notReviewer(`/stages/${at}/excluded`)] : []),
  ]);
  if (errors.length > 0) {
    throw new DomainError("invalid", "A stage names somebody who cannot approve", {
      code: "validation_failed",
      errors,
    });
  }
}

function notReviewer(pointer: string): FieldError {
  const message = "Names somebody who is not a reviewer here";
  return { pointer, code: "not_a_reviewer", message, fix: "Name people whose role is reviewer." };
}
