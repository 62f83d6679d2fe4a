import type { FindingView } from "@/lib/policies/moderation/endpoints";

/** A stretch of a text and the findings that cover it, by their place in the list. */
export type Stretch = { text: string; findings: number[] };

/** The text cut wherever a finding begins or ends; joined again it is the same text. */
export function stretchesOf(
  text: string,
  findings: readonly Pick<FindingView, "start" | "end">[],
): Stretch[] {
  const inside = (at: number) => Math.max(0, Math.min(text.length, at));
  const edges = new Set([0, text.length]);
  for (const { start, end } of findings) edges.add(inside(start)).add(inside(end));
  const sorted = [...edges].toSorted((a, b) => a - b);
  return sorted.slice(0, -1).map((from, place) => {
    const to = sorted[place + 1] ?? text.length;
    const covering = findings.flatMap((one, index) => (one.start < to && from < one.end ? [index] : []));
    return { text: text.slice(from, to), findings: covering };
  });
}
