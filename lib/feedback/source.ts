import type { Actor } from "@/lib/identity/schema";
import { feedbackSources, type FeedbackSource } from "./schema";

const byApps: readonly FeedbackSource[] = ["customer", "llm_auditor", "system_of_record"];

/** The sources this actor may speak for; a reviewer and an auditor only for themselves, an admin and an app for others. */
export function sourcesOf(actor: Actor): readonly FeedbackSource[] {
  if (actor.kind === "key") return byApps;
  if (actor.kind === "system") return feedbackSources;
  if (actor.role === "admin") return ["customer", "system_of_record"];
  return [actor.role];
}

/** The source of what is said: the one named if the actor may, the only possible one if none is, else undefined. */
export function sourceOf(actor: Actor, named: FeedbackSource | undefined): FeedbackSource | undefined {
  const possible = sourcesOf(actor);
  if (named !== undefined) return possible.includes(named) ? named : undefined;
  return possible.length === 1 ? possible[0] : undefined;
}
