import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import type { BulkPreview, BulkResult, BulkVerdict } from "../bulk";
import { readPromise, type Promised } from "./bulk-token";
import type { Given, OneOfMany } from "./give-one";
import { inTurns } from "./in-turns";
import { previewBulk } from "./preview-bulk";
import { personOf } from "./review-sql";

type GiveOne = (ctx: Context, input: OneOfMany) => Promise<Given>;

/**
 * Ruling on many alike in two steps: a preview with a token, then that token. `giveOne` rules on each (an approval may
 * need a look at its target first, which a later room brings). Throws `preview_not_yours`, `preview_expired`, and
 * `preview_outdated` when any of them is no longer as it was seen; nothing is ruled on then.
 */
export function giveBulkVerdict(giveOne: GiveOne) {
  return async (ctx: Context, { body }: { body: BulkVerdict }): Promise<BulkPreview | BulkResult> => {
    authorize(ctx, "reviews.rule");
    if (body.step === "preview") return previewBulk(ctx, body);
    return apply(ctx, body.token, giveOne);
  };
}

async function apply(ctx: Context, token: string, giveOne: GiveOne): Promise<BulkResult> {
  const promised = readPromise(token, { org: ctx.orgId, person: personOf(ctx), now: await databaseNow(ctx) });
  await requireUnchanged(ctx, promised);
  const { ruling } = promised;
  const answers = await inTurns(promised.reviews, async ([id, version]) => ({
    id,
    given: await safely(ctx, id, () => giveOne(ctx, { reviewId: id, version, ruling })),
  }));
  const effective = answers.flatMap(({ given }) =>
    given.ok && given.effectiveAt ? [given.effectiveAt] : [],
  );
  const given = answers.filter((answer) => answer.given.ok).length;
  return {
    object: "bulk_result",
    given,
    refused: answers.length - given,
    effective_at: effective.toSorted()[0] ?? null,
    results: answers.map(({ id, given: { ok, ...why } }) => ({
      id,
      ok,
      code: "code" in why ? why.code : null,
      message: "message" in why ? why.message : null,
    })),
  };
}

async function requireUnchanged(ctx: Context, { reviews }: Promised): Promise<void> {
  const ids = reviews.map(([id]) => id);
  const rows = await rowsOf<{ id: string; version: number }>(
    ctx.db,
    sql`select id, version from reviews where id = any(${sql.param(ids)}) and org_id = ${ctx.orgId}`,
  );
  const now = new Map(rows.map(({ id, version }) => [id, version]));
  const changed = reviews.filter(([id, version]) => now.get(id) !== version).map(([id]) => id);
  if (changed.length === 0) return;
  throw new DomainError(
    "conflict",
    `${changed.length} of ${reviews.length} changed since the preview: nothing was ruled on. Look again.`,
    { code: "preview_outdated", extra: { changed } },
  );
}

// Some are ruled on already when one fails: the person is told of each, whatever happened to it.
async function safely(ctx: Context, id: string, give: () => Promise<Given>): Promise<Given> {
  try {
    return await give();
  } catch (error) {
    if (error instanceof DomainError) return { ok: false, code: error.code, message: error.message };
    log.error({ err: error, review: id, request: ctx.requestId }, "one verdict of a bulk failed");
    return { ok: false, code: "internal", message: "Something broke on our side; it was not ruled on" };
  }
}

async function databaseNow(ctx: Context): Promise<number> {
  const [row] = await rowsOf<{ now: number }>(
    ctx.db,
    sql`select extract(epoch from now())::float8 * 1000 as now`,
  );
  return row?.now ?? Number.POSITIVE_INFINITY;
}
