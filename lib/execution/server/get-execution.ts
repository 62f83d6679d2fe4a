import { sql } from "drizzle-orm";
import { hasLookup } from "@/lib/apps/action-config";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import { deskOffers, type DeskOffers } from "../desk-rules";
import type { AttemptView, ExecutionDetail, ExecutionStatus } from "../schema";
import { deskFactsOf } from "./desk-facts";
import { executionViews, stamp } from "./execution-view";
import { digestNow, readWaiting } from "./read-waiting";

const mostAttempts = 200;

const noSystem = { refusal: { code: "conflict" as const, sentence: "It has no system to ask." } };
const noOffers: DeskOffers = {
  lookUp: noSystem,
  resolve: noSystem,
  retry: { ...noSystem, warning: null, isBlind: false },
};

/** One execution with its attempts, oldest first (the latest 200), requests and responses as sent, secrets masked. */
export async function getExecution(ctx: Context, { id }: { id: string }): Promise<ExecutionDetail> {
  authorize(ctx, "executions.read");
  const app = appBound(ctx);
  const [view] = await executionViews(ctx, {
    where: app ? sql`e.id = ${id} and e.app_id = ${app}` : sql`e.id = ${id}`,
    limit: 1,
  });
  const inner = view && (await readInner(ctx, id));
  if (!view || !inner) throw new DomainError("not_found", `There is no execution ${id}`);
  const [door] = await readWaiting(ctx, sql`executions e`, sql`and e.id = ${id}`);
  const isInDoubt = view.status === "unknown" || view.status === "dead";
  const offers = door ? deskOffers(await deskFactsOf(ctx, door, view.needs_person)) : noOffers;
  const { arguments: args, result } = inner;
  const sent = await maskFor(ctx, { arguments: args, result, attempt_log: await readAttempts(ctx, id) });
  return {
    ...view,
    ...sent,
    digest: { signed: inner.action_digest, recomputed: door ? digestNow(door) : null },
    fence: inner.fence,
    can_look_up: isInDoubt && door !== undefined && hasLookup(door.action_config),
    desk: {
      look_up: offers.lookUp,
      resolve: offers.resolve,
      retry: { refusal: offers.retry.refusal, warning: offers.retry.warning, is_blind: offers.retry.isBlind },
    },
    retry_asked_by: inner.retry_asked_by,
    review_id: inner.review_id,
    first_sent_at: inner.first_sent_at,
    held_until: inner.held_until,
    lease_until: inner.lease_until,
  };
}

type Inner = {
  arguments: JsonObject;
  action_digest: string;
  fence: number;
  result: JsonValue;
  review_id: string | null;
  status: ExecutionStatus;
  first_sent_at: string | null;
  held_until: string | null;
  lease_until: string | null;
  retry_asked_by: string | null;
};

async function readInner(ctx: Context, id: string): Promise<Inner | undefined> {
  const [inner] = await rowsOf<Inner>(
    ctx.db,
    sql`select e.arguments, e.action_digest, e.fence::float8 as fence, e.result,
        e.retry_asked_by,
        (select r.id from reviews r where r.decision_id = e.decision_id order by r.id desc limit 1) as review_id,
        ${stamp("e.first_sent_at")} as first_sent_at, ${stamp("e.held_until")} as held_until, ${stamp("e.lease_until")} as lease_until
      from executions e where e.id = ${id} and e.org_id = ${ctx.orgId}`,
  );
  return inner;
}

type AttemptRow = Omit<AttemptView, "object" | "worker"> & { worker_id: string };

async function readAttempts(ctx: Context, id: string): Promise<AttemptView[]> {
  const rows = await rowsOf<AttemptRow>(
    ctx.db,
    sql`select id, kind, outcome, fence::float8 as fence, worker_id, request, response_status, response_body, error,
        ${stamp("started_at")} as started_at, ${stamp("ended_at")} as ended_at
      from attempts where execution_id = ${id} and org_id = ${ctx.orgId} order by started_at desc, id desc
      limit ${mostAttempts}`,
  );
  return rows.reverse().map(({ worker_id, ...row }) => ({ ...row, object: "attempt", worker: worker_id }));
}
