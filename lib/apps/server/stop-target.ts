import { and, eq, type SQL, sql } from "drizzle-orm";
import { stops } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { StopInput } from "../inputs";
import type { StopScope } from "../schema";
import { findApp, findConnector, findType } from "./find";

export type StopTarget = { scope: StopScope; scopeId: string; where: SQL | undefined };

type NamedScope = Exclude<StopScope, "global">;
const scopeNouns: Record<NamedScope, string> = { app: "app", type: "decision type", connector: "connector" };
const finders = { app: findApp, type: findType, connector: findConnector };

/** Which switch is meant: the organisation's own, or that of an app, a type or a connector by id or key. */
export async function stopTarget(ctx: Context, { scope, scope_id }: StopInput): Promise<StopTarget> {
  if (scope === "global" && scope_id !== undefined) throw ambiguous();
  const scopeId = scope === "global" ? ctx.orgId : await namedId(ctx, scope, scope_id);
  return { scope, scopeId, where: and(eq(stops.scope, scope), eq(stops.scopeId, scopeId)) };
}

// Everything, or that one: nobody's automation is stopped or resumed by a slip of the scope.
function ambiguous(): DomainError {
  return new DomainError(
    "invalid",
    "The scope global is everything: leave scope_id out, or name its scope.",
    {
      code: "validation_failed",
      errors: [
        {
          pointer: "/scope_id",
          code: "not_for_global",
          message: "is not for the scope global",
          fix: "Leave it out, or send the scope app, type or connector.",
        },
      ],
    },
  );
}

async function namedId(ctx: Context, scope: NamedScope, idOrKey: string | undefined): Promise<string> {
  if (idOrKey !== undefined) return (await finders[scope](ctx, idOrKey)).id;
  const noun = scopeNouns[scope];
  throw new DomainError("invalid", `Say which ${noun}: scope_id is missing.`, {
    code: "validation_failed",
    errors: [
      {
        pointer: "/scope_id",
        code: "required",
        message: "is missing",
        fix: `Send the ${noun}'s id or key.`,
      },
    ],
  });
}

/**
 * Waits for the claims under way and holds later ones back until the transaction ends. Row locks alone would let a
 * stream of claims, each sharing them with the one before, keep a stop waiting.
 */
export async function holdBackClaims(ctx: Context): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`select pg_advisory_xact_lock(hashtextextended(${`stops:${ctx.orgId}`}, 0))::text as held`,
  );
}
