import { and, eq, sql } from "drizzle-orm";
import { certifications, connectorActions, connectors } from "@/db/schema";
import { actionConfigOf } from "@/lib/apps/action-config";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import type { CertificationRecord, CheckResult } from "../certification";
import { beginCall, endCall, type CertificationCall } from "./certification-calls";
import { certify, type Subject } from "./certification-run";
import { connectorOf } from "./connectors/connector-of";

/** A run that a worker took up and has not ended within this was broken off with it, seconds. */
const longestRunSeconds = 300;

/**
 * Carries out the certification runs that wait, one after the other, and ends those a dead worker left: the calls
 * they made stay made, so they are not begun again. Answers how many runs it ended.
 */
export async function runCertifications(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  await endBrokenOff(ctx);
  let ended = 0;
  for (let id = await claimNext(ctx); id !== null; id = await claimNext(ctx)) {
    await runOne(ctx, id);
    ended += 1;
  }
  return ended;
}

async function claimNext(ctx: Context): Promise<string | null> {
  const [claimed] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`update certifications set checks = jsonb_set(checks, '{claimed_at}', to_jsonb(now()::text))
      where id = (select id from certifications where org_id = ${ctx.orgId} and status = 'running'
          and checks ->> 'claimed_at' is null order by id limit 1 for update skip locked)
      returning id`,
  );
  return claimed?.id ?? null;
}

async function runOne(ctx: Context, id: string): Promise<void> {
  const [row] = await ctx.db
    .select({ certification: certifications, connector: connectors, action: connectorActions })
    .from(certifications)
    .innerJoin(connectors, eq(connectors.id, certifications.connectorId))
    .innerJoin(connectorActions, eq(connectorActions.id, certifications.actionId))
    .where(and(eq(certifications.id, id), eq(certifications.orgId, ctx.orgId)));
  if (!row) return;
  const { connector, action } = row;
  const asked = row.certification.checks as CertificationRecord; // only ever written by this room
  const results = new Map(asked.results.map((result) => [result.check, result]));
  const store = async (result: CheckResult) => {
    results.set(result.check, result);
    await storeResults(ctx, id, [...results.values()]);
  };
  try {
    const subject = {
      certificationId: id,
      door: connectorOf({ ...connector, connectorId: connector.id, actionConfig: action.config }),
      claims: connector.class,
      action: actionConfigOf(action.config),
      arguments: asked.arguments,
      badArguments: asked.bad_arguments,
      whileCalling: callingIn(ctx, { certificationId: id, connectorId: connector.id, actionId: action.id }),
    };
    await certify(subject, store);
  } catch (error) {
    log.warn({ err: error, certification: id }, "a certification run could not go on");
    const sentence = error instanceof Error ? error.message : String(error);
    const [first] = [...results.values()].filter(({ outcome }) => outcome === "waiting");
    if (first) await store({ ...first, outcome: "failed", sentence });
  }
  await end(ctx, id, [...results.values()]);
}

function callingIn(ctx: Context, call: CertificationCall): Subject["whileCalling"] {
  return async (send) => {
    if (!(await beginCall(ctx, call))) return null;
    try {
      return await send();
    } finally {
      await endCall(ctx, call);
    }
  };
}

async function storeResults(ctx: Context, id: string, results: CheckResult[]): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update certifications set checks = jsonb_set(checks, '{results}', ${JSON.stringify(results)}::jsonb)
      where id = ${id} and org_id = ${ctx.orgId} and status = 'running'`,
  );
}

/** Passed: nothing failed, and everything was asked. */
async function end(ctx: Context, id: string, results: CheckResult[]): Promise<void> {
  const isPassed = results.every(({ outcome }) => outcome === "passed" || outcome === "skipped");
  const status = isPassed ? "passed" : "failed";
  await inTransaction(ctx, async (ctx) => {
    const [ended] = await ctx.db
      .update(certifications)
      .set({ status, finishedAt: sql`now()` })
      .where(
        and(
          eq(certifications.id, id),
          eq(certifications.orgId, ctx.orgId),
          eq(certifications.status, "running"),
        ),
      )
      .returning({ connectorId: certifications.connectorId, actionId: certifications.actionId });
    if (!ended) return;
    const failures = results.filter(({ outcome }) => outcome === "failed").map(({ check }) => check);
    const data = { status, connector: ended.connectorId, action: ended.actionId, failures };
    await emit(ctx, { type: "certification.finished", subject: id, data });
    await record(ctx, "certification.finished", id, data);
  });
}

async function endBrokenOff(ctx: Context): Promise<void> {
  const left = await rowsOf<{ id: string; checks: CertificationRecord }>(
    ctx.db,
    sql`select id, checks from certifications where org_id = ${ctx.orgId} and status = 'running'
      and (checks ->> 'claimed_at')::timestamptz < now() - make_interval(secs => ${longestRunSeconds})`,
  );
  for (const { id, checks } of left) {
    const sentence = "Broken off: the worker that asked is gone. What it had asked for may have been done.";
    const results = checks.results.map((result) =>
      result.outcome === "waiting" ? { ...result, outcome: "failed" as const, sentence } : result,
    );
    await storeResults(ctx, id, results);
    await end(ctx, id, results);
  }
}
