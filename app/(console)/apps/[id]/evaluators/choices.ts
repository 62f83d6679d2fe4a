import { listDecisions } from "@/lib/decisions/server/list-decisions";
import type { UserContext } from "@/lib/identity/server/user-context";
import { listModels } from "@/lib/models/server/list-models";

/** Models that a judge can be: those of a provider. */
export async function judgeModels(ctx: UserContext): Promise<{ id: string; name: string }[]> {
  const { data } = await listModels(ctx, { limit: 100 });
  return data
    .filter(({ provider, archived }) => provider !== "local" && !archived)
    .map(({ id, name }) => ({ id, name }));
}

/** The latest decisions of an app, to try an evaluator on. */
export async function pastDecisions(
  ctx: UserContext,
  app: string,
): Promise<{ id: string; summary: string }[]> {
  const { data } = await listDecisions(ctx, { query: { app, limit: 20 } });
  return data.map(({ id, proposal, created_at: at }) => ({
    id,
    summary: `${proposal.predicted === "negative" ? "Do not: " : ""}${proposal.summary.slice(0, 80)}, ${at.slice(0, 16).replace("T", " ")}`,
  }));
}
