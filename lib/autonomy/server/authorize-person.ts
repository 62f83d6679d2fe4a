import type { Capability } from "@/lib/identity/matrix";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";

/** Two signatures are two people's: the platform, which may do most things by itself, gives none. Throws `forbidden`. */
export function authorizePerson(ctx: Context, capability: Capability): void {
  authorize(ctx, capability);
  if (ctx.actor.kind === "user") return;
  throw new DomainError("forbidden", "Only a person may do this.", { code: "forbidden" });
}
