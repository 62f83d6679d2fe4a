import "server-only";
import { DomainError } from "@/lib/kernel/errors";
import { matrix, roleMay, scopesMay, type Capability } from "@/lib/identity/matrix";
import type { Actor } from "@/lib/identity/schema";
import type { Context } from "./context";

const ofPeople: readonly Capability[] = [
  "reviews.rule",
  "reviews.break_glass",
  "delegations.lend",
  "audits.judge",
  "appeals.resolve",
];

/** True when the actor holds the capability; the system actor holds every one that no person needs to sign. */
export function may(actor: Actor, capability: Capability): boolean {
  if (actor.kind === "user") return roleMay(actor.role, capability);
  if (actor.kind === "key") return scopesMay(actor.scopes, capability);
  return !ofPeople.includes(capability);
}

/** Throws `forbidden` unless the actor of this context holds the capability (lib/identity/matrix.ts). */
export function authorize(ctx: Pick<Context, "actor">, capability: Capability): void {
  if (may(ctx.actor, capability)) return;
  const who = ctx.actor.kind === "user" ? `The role ${ctx.actor.role}` : "This key";
  const roles: readonly string[] = matrix[capability].roles;
  const fix = roles.length > 0 ? ` Ask somebody who is ${roles.join(" or ")}.` : "";
  throw new DomainError("forbidden", `${who} may not do this (${capability}).${fix}`, {
    code: "forbidden",
  });
}

/** The app whose data this actor may see: an app's key sees its own app only, everybody else every app. */
export function appBound(ctx: Pick<Context, "actor">): string | undefined {
  return ctx.actor.kind === "key" ? ctx.actor.appId : undefined;
}
