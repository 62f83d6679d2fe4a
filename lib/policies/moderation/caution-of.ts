import type { CautionReason as Reason } from "@/lib/policies/caution";
import type { Finding } from "@/lib/policies/schema";
import type { AgentInForce } from "./agent-in-force";

/** Categories that always ask for a person: an agent that could not look has found nothing out. */
const alwaysCaution: ReadonlySet<string> = new Set(["truncated", "unavailable"]);

/**
 * Why a person is asked because of what agents saw: one reason for each agent and category with a finding at or above
 * its threshold. Findings can only ever add to the list, so more of them never lets more run alone.
 */
export function cautionOf(findings: readonly Finding[], agents: readonly AgentInForce[]): Reason[] {
  return agents.flatMap((agent) => {
    const telling = findings.filter((finding) => finding.agent === agent.key && isTelling(finding, agent));
    const categories = [...new Set(telling.map(({ category }) => category))];
    return categories.map((category) => reasonOf(agent, category, telling));
  });
}

/** True when the finding alone sends its decision to a person. */
export function isTelling({ category, score }: Finding, { thresholds }: AgentInForce): boolean {
  if (alwaysCaution.has(category)) return true;
  const threshold = Object.hasOwn(thresholds, category) ? thresholds[category] : null;
  return typeof threshold === "number" && score >= threshold;
}

function reasonOf(agent: AgentInForce, category: string, telling: readonly Finding[]): Reason {
  const own = telling.filter((finding) => finding.category === category);
  const [first] = own;
  const score = Math.max(...own.map((finding) => finding.score));
  return {
    kind: "finding",
    code: category,
    message: sentenceOf(agent, category, own.length),
    detail: { agent: agent.key, version: agent.version, score, count: own.length, at: first?.at ?? "" },
  };
}

function sentenceOf({ name }: AgentInForce, category: string, count: number): string {
  if (category === "truncated") return `${name} did not see all of the text: there is too much of it`;
  if (category === "unavailable") return `${name} could not be asked`;
  const words = category.replaceAll("_", " ");
  return count === 1 ? `${name} found ${words}` : `${name} found ${words} ${count} times`;
}
