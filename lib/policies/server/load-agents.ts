import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { AgentInForce } from "../moderation/agent-in-force";
import { catalogue } from "../moderation/catalogue";
import { agentWith, settingsOf } from "../moderation/settings";
import type { AgentKind } from "../schema";
import { agentRows } from "./agent-rows";

/** Every agent with its thresholds in force, whether it is on or off; in the order of the catalogue. */
export async function loadAgents(
  ctx: Context,
): Promise<(AgentInForce & { kind: AgentKind; enabled: boolean })[]> {
  authorize(ctx, "agents.read");
  const rows = await agentRows(ctx);
  return catalogue.map(({ kind }) => {
    const row = rows.get(kind);
    const version = row?.version ?? 0;
    return {
      ...agentWith(kind, version, settingsOf(kind, row?.config ?? {})),
      enabled: row?.enabled ?? false,
    };
  });
}
