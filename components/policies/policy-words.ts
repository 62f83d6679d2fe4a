import type { Tone } from "@/components/ui/badge";
import type { Effect } from "@/lib/policies/schema";
import type { PolicyView, RuleInput } from "@/lib/policies/views";

/** What follows where a rule holds, as it is chosen. */
export const effectWords: Record<Effect, string> = {
  sample: "Send a share to a person",
  route_to: "Send to a queue",
  require_review: "A person decides",
  require_two_reviewers: "Two people decide",
  decline: "Decline",
};

export const effectTones: Record<Effect, Tone> = {
  sample: "neutral",
  route_to: "accent",
  require_review: "review",
  require_two_reviewers: "escalated",
  decline: "declined",
};

type Queue = { id: string; name: string };

/** One rule's effect with its share or queue. */
export function effectText({ effect, share, queue_id }: RuleInput, queues: readonly Queue[]): string {
  if (effect === "sample") return `Send ${Math.round((share ?? 1) * 1000) / 10} % to a person`;
  if (effect !== "route_to") return effectWords[effect];
  const queue = queues.find(({ id }) => id === queue_id);
  return queue ? `Send to the queue ${queue.name}` : "Send to a queue that is gone";
}

export const warningWords = {
  never_fires: "never held in seven days",
  always_fires: "held every time in seven days",
  fails: "often cannot be evaluated: those go to a person",
} as const;

/** What a fixture came to, or is to come to. */
export function effectOrNone(effect: Effect | null): string {
  return effect === null ? "No rule holds" : effectWords[effect];
}

/** In one or two words, where a policy stands. */
export function standingOf({ published, open }: Pick<PolicyView, "published" | "open">) {
  const standing: { tone: Tone; text: string }[] = [];
  if (published && published.rules.length > 0)
    standing.push({ tone: "approved", text: `In force: version ${published.number}` });
  if (published && published.rules.length === 0) standing.push({ tone: "idle", text: "Out of force" });
  if (open?.status === "shadow") standing.push({ tone: "review", text: `In shadow: version ${open.number}` });
  if (open?.status === "draft") standing.push({ tone: "neutral", text: `Draft: version ${open.number}` });
  return standing;
}
