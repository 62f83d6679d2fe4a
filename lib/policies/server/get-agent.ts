import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { missing } from "@/lib/apps/server/find";
import type { AgentView } from "../moderation/endpoints";
import type { AgentKind } from "../schema";
import { listAgents } from "./list-agents";

/** One moderation agent, by its kind. */
export async function getAgent(ctx: Context, input: { agent: AgentKind }): Promise<AgentView> {
  authorize(ctx, "agents.read");
  const { data } = await listAgents(ctx);
  return data.find(({ kind }) => kind === input.agent) ?? missing("moderation agent", input.agent);
}
