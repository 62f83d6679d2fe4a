import { may } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskStrings } from "../moderation/mask-text";
import { settingsOf } from "../moderation/settings";
import { agentRows } from "./agent-rows";

/**
 * The value as this caller may see it: who may not read personal data gets it masked while the agent for it is on.
 * Looked for at the time of reading, so it holds for older decisions too. No query for who may read it.
 */
export async function maskFor<T>(ctx: Context, value: T): Promise<T> {
  if (may(ctx.actor, "evidence.read_personal")) return value;
  const row = (await agentRows(ctx)).get("pii");
  if (!row?.enabled) return value;
  return maskStrings(value, new Set(Object.keys(settingsOf("pii", row.config).thresholds)));
}
