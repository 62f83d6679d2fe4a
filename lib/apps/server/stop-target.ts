import { and, eq, type SQL } from "drizzle-orm";
import { stops } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import type { StopInput } from "../inputs";
import type { StopScope } from "../schema";
import { findApp } from "./find";

export type StopTarget = { scope: StopScope; scopeId: string; where: SQL | undefined };

/** Which switch is meant: the organisation's own, or the app's by id or key. */
export async function stopTarget(ctx: Context, input: StopInput): Promise<StopTarget> {
  if (input.scope === "app" && input.scope_id === undefined) {
    throw new DomainError("invalid", "Say which app: scope_id is missing.", {
      code: "validation_failed",
      errors: [
        { pointer: "/scope_id", code: "required", message: "is missing", fix: "Send the app's id or key." },
      ],
    });
  }
  const scopeId =
    input.scope === "app" && input.scope_id !== undefined
      ? (await findApp(ctx, input.scope_id)).id
      : ctx.orgId;
  return {
    scope: input.scope,
    scopeId,
    where: and(eq(stops.scope, input.scope), eq(stops.scopeId, scopeId)),
  };
}
