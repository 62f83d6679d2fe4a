import { sql } from "drizzle-orm";
import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { foreign, pinsOf, type PinnedCosts, type Pins, type Provenance } from "@/lib/routing/pins";
import type { EpochCause, SegmentLevel } from "../schema";
import { costsOf, ofSegment, policiesOf } from "./read-pins";
import { recallUnsent } from "./recall-unsent";
import { stepDown } from "./step-down";

type Watched = {
  id: string;
  level: SegmentLevel;
  epoch_id: string;
  pins: JsonObject;
  policies: string[];
  /** What its type says now that wrong decisions cost; whether the contract's limit is on cost, and whether it has a band. */
  costs: PinnedCosts;
  limits_cost: boolean;
  has_band: boolean;
  stop: { scope: string; reason: string | null } | null;
  /** Hours for which the longest unanswered audit waits, and what the terms allow. */
  audit_hours: number | null;
  sla_hours: number;
  /** The newest decisions of the segment, newest first. */
  newest: Provenance[] | null;
};

/** Of a contract that lets nothing run alone: so many of the newest have to agree on another model or prompt. */
const toConvince = 5;

/**
 * A timer: takes autonomy back where the world has changed under it (another model, prompt or policy, a kill switch) or
 * where nobody looks any more (audits are overdue), and brings back what was let run meanwhile. Answers how many
 * certification periods it ended.
 */
export async function watchContracts(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  let ended = 0;
  for (const watched of await readWatched(ctx)) {
    const reason = reasonOf(watched);
    if (reason && (await end(ctx, watched, reason))) ended += 1;
    else if (reason === null) await learnPins(ctx, watched);
  }
  await recallLate(ctx);
  return ended;
}

async function readWatched(ctx: Context): Promise<Watched[]> {
  return rowsOf<Watched>(
    ctx.db,
    sql`select c.id, c.level, c.epoch_id, e.pins, ${policiesOf} as policies, ${costsOf} as costs,
        coalesce(jsonb_typeof(c.terms -> 'cost') = 'object', false) as limits_cost, c.amount_from is not null or c.amount_to is not null as has_band,
        (c.terms ->> 'auditSlaHours')::int as sla_hours,
        (select json_build_object('scope', s.scope, 'reason', s.reason) from stops s where s.org_id = c.org_id and s.active
          and (s.scope, s.scope_id) in (('global', c.org_id), ('app', c.app_id), ('type', c.type_id))
          order by array_position(array['global', 'app', 'type'], s.scope) limit 1) as stop,
        (select extract(epoch from now() - min(a.created_at)) / 3600 from audits a join decisions d on d.id = a.decision_id
          where a.org_id = c.org_id and a.status in ('open', 'claimed') and a.pi_label is not null and a.plan_id is null
            and d.epoch_id = c.epoch_id)::float8 as audit_hours,
        (select json_agg(json_build_object('model', n.model, 'prompt', n.prompt)) from (
          select d.model ->> 'name' as model, d.prompt_version as prompt from decisions d
          where ${ofSegment} and d.created_at > greatest(e.started_at, now() - interval '15 minutes')
          order by d.created_at desc limit ${toConvince}) n) as newest
      from contracts c join contract_epochs e on e.id = c.epoch_id
      where c.org_id = ${ctx.orgId} and c.archived_at is null order by c.id`,
  );
}

type Reason = { cause: EpochCause; why: string };

function reasonOf(watched: Watched): Reason | null {
  const pins = pinsOf(watched.pins);
  return (
    whenAlone(watched) ??
    whenAnother(watched, pins) ??
    whenPolicies(watched, pins) ??
    whenCosts(watched, pins)
  );
}

// Where nothing runs alone there is nothing to take back, and the evidence stays good.
function whenAlone({ level, stop, audit_hours: hours, sla_hours: sla }: Watched): Reason | null {
  if (level !== "auto") return null;
  if (stop) {
    const what = { global: "Everything", app: "The app", type: "This type of decision" }[stop.scope] ?? "It";
    return { cause: "stopped", why: `${what} was stopped${stop.reason ? `: ${stop.reason}` : "."}` };
  }
  if (hours === null || hours <= sla) return null;
  const why = `An audit waits for ${Math.floor(hours)} hours, and ${sla} are allowed: nobody knows how good what runs alone is.`;
  return { cause: "audits_overdue", why };
}

function whenAnother({ level, newest }: Watched, pins: Pins): Reason | null {
  const seen = newest ?? [];
  const others = seen.filter((one) => foreign(pins, one) !== null);
  const [first] = others;
  if (!first) return null;
  // One of another model is enough where something runs alone; a new period takes more, so that two models in turn do not
  // begin one after the other.
  const isChanged =
    level === "auto" || (others.length >= toConvince && others.every((one) => isSame(one, first)));
  const cause = foreign(pins, first);
  if (!isChanged || cause === null) return null;
  const [what, from, to] =
    cause === "model_changed" ? ["model", pins.model, first.model] : ["prompt", pins.prompt, first.prompt];
  return { cause, why: `The ${what} changed from ${from ?? "an unnamed one"} to ${to ?? "an unnamed one"}.` };
}

function isSame(one: Provenance, other: Provenance): boolean {
  return one.model === other.model && one.prompt === other.prompt;
}

function whenPolicies({ policies }: Watched, pins: Pins): Reason | null {
  if (pins.policies === undefined || pins.policies.join() === policies.join()) return null;
  return {
    cause: "policy_changed",
    why: "The published policies changed, and with them what comes before the contract.",
  };
}

// What was lost is counted in another unit from here on: one person changes a type, and two loosen a contract.
function whenCosts({ costs, limits_cost, has_band }: Watched, { costs: pinned }: Pins): Reason | null {
  if (!pinned) return null;
  const isOther = limits_cost && (pinned.yes !== costs.yes || pinned.no !== costs.no);
  if (isOther)
    return {
      cause: "terms_changed",
      why: "What a wrong decision costs was changed for its type, and the limit is on cost.",
    };
  if (!(limits_cost || has_band)) return null;
  if (pinned.amount !== costs.amount)
    return {
      cause: "terms_changed",
      why: "Its type reads amounts from elsewhere, and the contract is one for amounts.",
    };
  if (pinned.currency === costs.currency) return null;
  const why = `The currency of its type changed from ${pinned.currency} to ${costs.currency}, and its amounts are in it.`;
  return { cause: "terms_changed", why };
}

async function end(ctx: Context, { id: contractId, epoch_id }: Watched, reason: Reason): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const [same] = await rowsOf<{ id: string }>(
      ctx.db,
      sql`select id from contracts where id = ${contractId} and epoch_id = ${epoch_id} and archived_at is null for update`,
    );
    if (!same) return false;
    await stepDown(ctx, { contractId, ...reason });
    return true;
  });
}

// A period that began before there were decisions is pinned to what the first of them come from.
async function learnPins(ctx: Context, { epoch_id, pins, newest, costs }: Watched): Promise<void> {
  const { model, prompt, costs: pinned } = pinsOf(pins);
  if (!pinned)
    await rowsOf(
      ctx.db,
      sql`update contract_epochs set pins = pins || ${JSON.stringify({ costs })}::jsonb where id = ${epoch_id} and ended_at is null`,
    );
  const first = newest?.at(0);
  if (!first || (model !== undefined && prompt !== undefined)) return;
  await rowsOf(
    ctx.db,
    sql`update contract_epochs set pins = pins || ${JSON.stringify(first)}::jsonb,
        evidence_after = case when cursor is null and (select count(distinct (model ->> 'name', prompt_version)) from decisions where epoch_id = ${epoch_id}) > 1
          then (select max(id) from decisions where epoch_id = ${epoch_id}) else evidence_after end
      where id = ${epoch_id} and ended_at is null`,
  );
}

/** What was routed by a contract at the moment that it was stepped down, and written just after. */
async function recallLate(ctx: Context): Promise<void> {
  const ended = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from contract_epochs where org_id = ${ctx.orgId} and ended_at > now() - interval '5 minutes'`,
  );
  for (const { id } of ended) await inTransaction(ctx, (ctx) => recallUnsent(ctx, id));
}
