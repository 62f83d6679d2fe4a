import { and, eq, isNull, or, sql } from "drizzle-orm";
import { delegations, users } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import {
  longestDelegation,
  type DelegationInput,
  type DelegationList,
  type DelegationView,
} from "../delegations";
import { readDelegations } from "./read-delegations";
import { personOf } from "./review-sql";
import { queueIdOf } from "./rule-parts";

/** Who stands in for whom: a reviewer's own, everybody's for auditors and admins; newest first. */
export async function listDelegations(ctx: Context, query: DelegationList): Promise<List<DelegationView>> {
  authorize(ctx, "delegations.read");
  personOf(ctx);
  const { limit, starting_after: after, active } = query;
  const isReviewer = ctx.actor.kind === "user" && ctx.actor.role === "reviewer";
  const own = isReviewer ? sql`${ctx.actor.id} in (de.from_user, de.to_user)` : sql`true`;
  const past = after === undefined ? sql`true` : sql`de.id < ${after}`;
  const inForce = active ? sql`de.revoked_at is null and de.ends_at > now()` : sql`true`;
  const rows = await readDelegations(ctx, sql`${own} and ${past} and ${inForce}`, limit + 1);
  const data = rows.slice(0, limit);
  return { object: "list", url: "/api/v1/delegations", has_more: rows.length > limit, data };
}

/** Lends the actor's own authority to another reviewer. Throws `validation_failed`, `not_found`. */
export async function createDelegation(ctx: Context, input: DelegationInput): Promise<DelegationView> {
  authorize(ctx, "delegations.lend");
  personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    const to = await findReviewer(ctx, input.to);
    if (to === ctx.actor.id) throw wrong("/to", "You cannot stand in for yourself", "Name another reviewer.");
    const queueId = (await queueIdOf(ctx, input.queue)) ?? null;
    const id = newId("delegation");
    const [made] = await rowsOf<{ id: string }>(
      ctx.db,
      sql`insert into delegations (id, org_id, from_user, to_user, queue_id, reason, ends_at, created_by)
        select ${id}, ${ctx.orgId}, ${ctx.actor.id}, ${to}, ${queueId}::text, ${input.reason}, e.at, ${actorName(ctx.actor)}
        from (select ${input.ends_at}::timestamptz as at) e
        where e.at > now() and e.at <= now() + make_interval(days => ${longestDelegation}::int)
        returning id`,
    );
    if (!made) {
      throw wrong(
        "/ends_at",
        "The end is over already, or too far away",
        `Up to ${longestDelegation} days from now.`,
      );
    }
    await told(ctx, id, "created", { to, queue: queueId, ends_at: input.ends_at });
    return one(ctx, id);
  });
}

/** Ends a delegation: whoever lent, or an admin. Ending it twice answers the same. Throws `not_found`. */
export async function revokeDelegation(ctx: Context, input: { delegation: string }): Promise<DelegationView> {
  authorize(ctx, "delegations.revoke");
  personOf(ctx);
  const isAdmin = ctx.actor.kind === "user" && ctx.actor.role === "admin";
  return inTransaction(ctx, async (ctx) => {
    const revoked = await ctx.db
      .update(delegations)
      .set({ revokedAt: sql`now()` })
      .where(
        and(
          eq(delegations.id, input.delegation),
          eq(delegations.orgId, ctx.orgId),
          isNull(delegations.revokedAt),
          isAdmin ? undefined : eq(delegations.fromUser, ctx.actor.id),
        ),
      )
      .returning({ id: delegations.id });
    if (revoked.length > 0) await told(ctx, input.delegation, "revoked", {});
    const view = await one(ctx, input.delegation);
    if (!isAdmin && view.from.id !== ctx.actor.id) throw missing(input.delegation);
    return view;
  });
}

async function one(ctx: Context, id: string): Promise<DelegationView> {
  const [view] = await readDelegations(ctx, sql`de.id = ${id}`, 1);
  if (!view) throw missing(id);
  return view;
}

async function findReviewer(ctx: Context, idOrEmail: string): Promise<string> {
  const [found] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.orgId, ctx.orgId),
        eq(users.role, "reviewer"),
        isNull(users.disabledAt),
        or(eq(users.id, idOrEmail), eq(users.email, idOrEmail.trim().toLowerCase())),
      ),
    );
  if (!found) throw wrong("/to", "There is no such reviewer", "Name somebody whose role is reviewer.");
  return found.id;
}

async function told(ctx: Context, id: string, did: "created" | "revoked", data: object): Promise<void> {
  const by = actorName(ctx.actor);
  await emit(ctx, { type: "delegation.changed", subject: id, data: { by, did } });
  await record(ctx, `delegation.${did}`, id, data);
}

function missing(id: string): DomainError {
  return new DomainError("not_found", `There is no delegation ${id.slice(0, 64)}`);
}

function wrong(pointer: string, message: string, fix: string): DomainError {
  return new DomainError("invalid", `${message}. ${fix}`, {
    code: "validation_failed",
    errors: [{ pointer, code: "invalid", message, fix }],
  });
}
