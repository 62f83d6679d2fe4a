import type { AgentInForce } from "./agent-in-force";
import { inspect } from "./inspect";

/** A text and whether there is anything in it for the agent to find. */
export type LabelledText = { text: string; label: boolean };

/** How an agent did on a labelled set, text by text. */
export type Measured = { n: number; tp: number; fp: number; fn: number; tn: number };

/** From which score a category without a threshold of its own counts as found. */
export const notedFrom = 0.5;

/** Counts on how many of the texts the agent was right. Pure: the same texts give the same counts. */
export function measure(agent: AgentInForce, texts: readonly LabelledText[]): Measured {
  const counts = { n: texts.length, tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const { text, label } of texts) {
    const isFound = finds(agent, text);
    if (isFound) counts[label ? "tp" : "fp"] += 1;
    else counts[label ? "fn" : "tn"] += 1;
  }
  return counts;
}

function finds(agent: AgentInForce, text: string): boolean {
  return inspect([agent], [{ at: "", text }]).some(({ category, score }) => {
    return score >= (agent.thresholds[category] ?? notedFrom);
  });
}

/** Share of what was found that was there; null: nothing was found. */
export const precisionOf = ({ tp, fp }: Pick<Measured, "tp" | "fp">) =>
  tp + fp === 0 ? null : tp / (tp + fp);

/** Share of what was there that was found; null: nothing was there. */
export const recallOf = ({ tp, fn }: Pick<Measured, "tp" | "fn">) => (tp + fn === 0 ? null : tp / (tp + fn));

/** The harmonic mean of precision and recall, 2tp / (2tp + fp + fn); null where neither has a meaning. */
export function f1Of({ tp, fp, fn }: Measured): number | null {
  return tp + fp + fn === 0 ? null : (2 * tp) / (2 * tp + fp + fn);
}
