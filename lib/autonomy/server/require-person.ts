import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";

/** Two signatures are two people's: the platform, which may do most things by itself, gives none. Throws `forbidden`. */
export function requirePerson({ actor }: Pick<Context, "actor">): void {
  if (actor.kind === "user") return;
  throw new DomainError("forbidden", "Only a person may do this.", { code: "forbidden" });
}
