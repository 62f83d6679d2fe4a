import { createHash } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { runRequests } from "@/db/schema";
import { canonicalJson } from "@/lib/kernel/canonical";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import type { RunBody } from "../run-endpoints";

export type RunRequest = typeof runRequests.$inferSelect;

type NewRequest = {
  appId: string;
  keyId: string;
  promptVersionId: string;
  idempotencyKey: string | null;
  body: RunBody;
  livemode: boolean;
  /** How long whoever asks may take, milliseconds. */
  withinMs: number;
};

/** Under what name an app's request is known; null: none, so that it can only be made once by its own id. */
export function requestKey(idempotencyKey: string | null, body: RunBody): string | null {
  if (idempotencyKey !== null) return `key:${idempotencyKey}`;
  return body.external_id === undefined ? null : `ext:${body.external_id}`;
}

/** Takes the request's key, before anybody is asked; null: somebody else has it. */
export async function openRequest(ctx: Context, request: NewRequest): Promise<RunRequest | null> {
  const id = newId("request");
  const [row] = await ctx.db
    .insert(runRequests)
    .values({
      id,
      orgId: ctx.orgId,
      appId: request.appId,
      promptVersionId: request.promptVersionId,
      key: requestKey(request.idempotencyKey, request.body) ?? `own:${id}`,
      requestHash: hashOf(request.body),
      // zod's output of JSON is JSON; undefined members are left out by the driver.
      request: { ...request.body, idempotency_key: request.idempotencyKey } as JsonObject,
      actorKeyId: request.keyId,
      livemode: request.livemode,
      leaseUntil: sql`now() + make_interval(secs => ${request.withinMs / 1000})`,
    })
    .onConflictDoNothing({ target: [runRequests.appId, runRequests.key] })
    .returning();
  return row ?? null;
}

/** The request that has this key, if any. Throws `idempotency_key_reused` where it was made from another body. */
export async function standingRequest(
  ctx: Context,
  { appId, key, body }: { appId: string; key: string; body: RunBody },
): Promise<RunRequest | null> {
  const [row] = await ctx.db
    .select()
    .from(runRequests)
    .where(and(eq(runRequests.orgId, ctx.orgId), eq(runRequests.appId, appId), eq(runRequests.key, key)));
  if (!row) return null;
  if (row.requestHash === hashOf(body)) return row;
  throw new DomainError("invalid", "This key was already used for another input", {
    code: "idempotency_key_reused",
    errors: [
      {
        pointer: "",
        code: "idempotency_key_reused",
        message: "the body differs from the first one",
        fix: "Use a new key for a new decision",
      },
    ],
    extra: row.decisionId === null ? {} : { decision_id: row.decisionId },
  });
}

function hashOf(body: RunBody): string {
  return createHash("sha256")
    .update(canonicalJson(JSON.parse(JSON.stringify(body))))
    .digest("hex");
}
