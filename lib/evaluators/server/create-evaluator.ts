import { and, eq, sql } from "drizzle-orm";
import { evaluators, evaluatorVersions } from "@/db/schema";
import { findApp, keyTaken } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { openSecret, sealSecret } from "@/lib/server/secrets";
import { rowsOf } from "@/lib/server/rows";
import type { AddEvaluatorVersion, CreateEvaluator, EvaluatorView } from "../views";
import type { EvaluatorKind } from "../vocabulary";
import { checkedConfig } from "./check-config";
import { readEvaluator } from "./read-evaluators";
import { secretPlace } from "./secret-place";
import { tellEvaluator } from "./tell-evaluator";

/** Makes an evaluator with its first version; it scores nothing before a rule says what. Throws `key_taken`, `validation_failed`. */
export async function createEvaluator(ctx: Context, input: CreateEvaluator): Promise<EvaluatorView> {
  authorize(ctx, "evaluators.write");
  const app = await findApp(ctx, input.app);
  const config = await checkedConfig(ctx, input, input.config);
  requireSecret(input.kind, input.secret);
  return inTransaction(ctx, async (ctx) => {
    const [id, versionId] = [newId("evaluator"), newId("evaluatorVersion")];
    const key = input.key ?? keyOf(input.name, id);
    const { name, kind, quality, kappa_floor: kappaFloor, min_rulings: minRulings } = input;
    const createdBy = actorName(ctx.actor);
    const own = { id, orgId: ctx.orgId, appId: app.id, key, name, kind, quality, versionId, createdBy };
    const [made] = await ctx.db
      .insert(evaluators)
      .values({ ...own, kappaFloor, minRulings })
      .onConflictDoNothing()
      .returning({ id: evaluators.id });
    if (!made) keyTaken("an evaluator", key);
    const secret = input.secret === undefined ? null : sealSecret(input.secret, secretPlace(versionId));
    const about = { evaluatorId: id, version: 1, config, secret, note: input.note, createdBy };
    await ctx.db.insert(evaluatorVersions).values({ id: versionId, orgId: ctx.orgId, ...about });
    await tellEvaluator(ctx, id, { did: "created", data: { app: app.id, kind, version: 1 } });
    return readEvaluator(ctx, id);
  });
}

/**
 * Makes the next version, which scores from now on. The evaluator counts again, and its agreement is measured anew. A
 * service's key stays unless another one is given. Throws `not_found`, `validation_failed`.
 */
export async function addEvaluatorVersion(ctx: Context, input: AddEvaluatorVersion): Promise<EvaluatorView> {
  authorize(ctx, "evaluators.write");
  const { id, kind, quality } = await readEvaluator(ctx, input.evaluator);
  const config = await checkedConfig(ctx, { kind, quality }, input.config);
  return inTransaction(ctx, async (ctx) => {
    const last = await holdLast(ctx, id);
    const versionId = newId("evaluatorVersion");
    const secret = input.secret ?? (last.secret && openSecret(last.secret, secretPlace(last.id)));
    requireSecret(kind, secret ?? undefined);
    await ctx.db.insert(evaluatorVersions).values({
      id: versionId,
      orgId: ctx.orgId,
      evaluatorId: id,
      version: last.version + 1,
      config,
      secret: secret ? sealSecret(secret, secretPlace(versionId)) : null,
      note: input.note,
      createdBy: actorName(ctx.actor),
    });
    await ctx.db
      .update(evaluators)
      .set({ versionId, status: "active", statusWhy: null, measuredSince: sql`now()` })
      .where(and(eq(evaluators.id, id), eq(evaluators.orgId, ctx.orgId)));
    await tellEvaluator(ctx, id, { did: "version_added", data: { version: last.version + 1 } });
    return readEvaluator(ctx, id);
  });
}

type Last = { id: string; version: number; secret: string | null; status: string };

// Two who save at once make two versions, one after the other.
async function holdLast(ctx: Context, id: string): Promise<Last> {
  const [held] = await rowsOf<{ status: string }>(
    ctx.db,
    sql`select status from evaluators where id = ${id} and org_id = ${ctx.orgId} for update`,
  );
  if (held?.status === "archived") {
    throw new DomainError("conflict", "This evaluator is archived.", { code: "conflict" });
  }
  const [last] = await rowsOf<Last>(
    ctx.db,
    sql`select id, version, secret from evaluator_versions where evaluator_id = ${id} order by version desc limit 1`,
  );
  if (!last) throw new Error(`${id} has no version`);
  return last;
}

function requireSecret(kind: EvaluatorKind, secret: string | undefined): void {
  const wanted = kind === "http";
  if (wanted === (secret !== undefined)) return;
  const message = wanted ? "is needed to sign what is sent to the service" : "is for a service only";
  throw new DomainError("invalid", `/secret ${message}`, {
    code: "validation_failed",
    errors: [{ pointer: "/secret", code: wanted ? "required" : "unexpected", message }],
  });
}

// The end of the id keeps two evaluators of one name apart.
function keyOf(name: string, id: string): string {
  const words = name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, 80)
    .replaceAll(/-+$/g, "");
  return `${words || "evaluator"}-${id.slice(-6).toLowerCase()}`;
}
