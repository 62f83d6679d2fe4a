import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { isTelling } from "../moderation/caution-of";
import { categoryName } from "../moderation/catalogue";
import type { AgentInForce } from "../moderation/agent-in-force";
import type { FindingView, TestText, TestedText } from "../moderation/endpoints";
import { inspect } from "../moderation/inspect";
import type { Finding } from "../schema";
import { loadAgents } from "./load-agents";
import { moderateWithModel } from "./moderate-with-model";

/** What the named agents see in a text at the thresholds in force, on or off. Nothing is stored. */
export async function testAgents(ctx: Context, input: TestText): Promise<TestedText> {
  authorize(ctx, "agents.read");
  const agents = (await loadAgents(ctx)).filter(({ kind }) => input.agents.includes(kind));
  const texts = [{ at: "", text: input.text }];
  const isModelAsked = agents.some(({ kind }) => kind === "model");
  // Asking a model sends the text out of the house: an admin's act.
  if (isModelAsked) authorize(ctx, "agents.write");
  const heard = isModelAsked ? await moderateWithModel(ctx, agents, texts) : new Map();
  const findings = inspect(agents, texts, heard);
  return {
    object: "moderation_test",
    findings: findings
      .toSorted((a, b) => a.start - b.start || b.end - a.end)
      .flatMap((finding) => viewOf(finding, agents)),
  };
}

function viewOf(finding: Finding, agents: readonly AgentInForce[]): FindingView[] {
  const agent = agents.find(({ key }) => key === finding.agent);
  if (!agent) return [];
  const { category, score, start, end } = finding;
  return [
    {
      agent: agent.kind,
      category,
      name: categoryName(agent.kind, category),
      score,
      start,
      end,
      asks: isTelling(finding, agent),
    },
  ];
}
