import type { AgentKind, Finding } from "@/lib/policies/schema";
import { detectInjection } from "./injection/detect-injection";
import { detectPii } from "./pii/detect-pii";
import { detectToxicity } from "./toxicity/detect-toxicity";
import type { AgentInForce, Detector, PlacedText, Sighting } from "./agent-in-force";

export { textsOf } from "./texts-of";
export type { AgentInForce, PlacedText } from "./agent-in-force";

/** Findings one agent may report of one decision; more of them would say nothing new. */
export const mostFindings = 50;

/** The least score that is noted where no threshold is lower. */
export const leastNoted = 0.4;

/** The category of what an agent did not look at: too long, or too much. */
const truncated = "truncated";

/** What each kind looks with; a model is asked over the network, elsewhere. */
const detectors: Readonly<Partial<Record<AgentKind, Detector>>> = {
  pii: detectPii,
  prompt_injection: detectInjection,
  toxicity: detectToxicity,
};

/**
 * What the agents see in the texts, in the order of agents and texts. Synchronous, pure, linear in the length of the
 * texts. A model is asked over the network beforehand: what it said is given in `heard`, and one that was not asked is
 * a finding of its own, `unavailable`, which sends the decision to a person. Never throws.
 */
export function inspect(
  agents: readonly AgentInForce[],
  texts: readonly PlacedText[],
  heard: ReadonlyMap<string, readonly Finding[]> = nothingHeard,
): Finding[] {
  return agents.flatMap((agent) => {
    const detect = detectors[agent.kind];
    return detect ? seenBy(agent, detect, texts) : (heard.get(agent.key) ?? [unasked(agent)]);
  });
}

const nothingHeard: ReadonlyMap<string, readonly Finding[]> = new Map();

function unasked({ key, version }: AgentInForce): Finding {
  return { agent: key, version, category: "unavailable", score: 1, at: "", start: 0, end: 0 };
}

function seenBy(agent: AgentInForce, detect: Detector, texts: readonly PlacedText[]): Finding[] {
  const found: Finding[] = [];
  for (const { at, text, cut } of texts) {
    const own = detect(text).filter((sighting) => isWanted(agent, sighting));
    found.push(...own.map((sighting) => findingOf(agent, at, sighting)));
    if (cut)
      found.push(
        findingOf(agent, at, { category: truncated, score: 1, start: text.length, end: text.length + cut }),
      );
    if (found.length > mostFindings) return mostTelling(found);
  }
  return found;
}

// What is far below every threshold is no finding: it would only make people look twice.
function isWanted({ thresholds }: AgentInForce, { category, score }: Sighting): boolean {
  return Object.hasOwn(thresholds, category) && score >= Math.min(leastNoted, thresholds[category] ?? 1);
}

// The highest scores stay, in the order in which they were seen.
function mostTelling(found: readonly Finding[]): Finding[] {
  const kept = new Set(found.toSorted((a, b) => b.score - a.score).slice(0, mostFindings));
  return found.filter((finding) => kept.has(finding));
}

function findingOf(agent: AgentInForce, at: string, { category, score, start, end }: Sighting): Finding {
  return { agent: agent.key, version: agent.version, category, score, at, start, end };
}
