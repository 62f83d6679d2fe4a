import { DomainError } from "@/lib/kernel/errors";
import { may } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskStrings } from "../moderation/mask-text";
import { settingsOf } from "../moderation/settings";
import { agentRows } from "./agent-rows";

/**
 * The value as this caller may see it: who may not read personal data gets it masked while the agent for it is on.
 * Looked for at the time of reading, so it holds for older decisions too. No query for who may read it. Every verb that
 * answers a person with what an app or a customer wrote passes its answer through here, whole; a test walks them.
 */
export async function maskFor<T>(ctx: Context, value: T): Promise<T> {
  const hidden = await hiddenFrom(ctx);
  return hidden === null ? value : maskStrings(value, hidden);
}

/** For what cannot be masked, a file: throws `forbidden` where {@link maskFor} would look through a text. */
export async function requirePersonal(ctx: Context): Promise<void> {
  if ((await hiddenFrom(ctx)) === null) return;
  const message = "What is in a file cannot be masked, and your role does not see personal data";
  throw new DomainError("forbidden", message, { code: "personal_data" });
}

/** The categories kept from this caller; null: they see everything. */
async function hiddenFrom(ctx: Context): Promise<ReadonlySet<string> | null> {
  if (may(ctx.actor, "evidence.read_personal")) return null;
  const row = (await agentRows(ctx)).get("pii");
  if (!row?.enabled) return null;
  return new Set(Object.keys(settingsOf("pii", row.config).thresholds));
}
