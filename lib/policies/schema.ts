/** What a rule asks for, least restrictive first; of several the most restrictive wins. None of them lets anything run. */
export const effects = ["sample", "route_to", "require_review", "require_two_reviewers", "decline"] as const;
export type Effect = (typeof effects)[number];

export const versionStatuses = ["draft", "shadow", "published", "retired"] as const;
export type VersionStatus = (typeof versionStatuses)[number];

/** One line of a policy: when it holds (CEL over `decision`), and what follows. */
export type PolicyRule = {
  /** Unique in its version: `over_150`. */
  id: string;
  when: string;
  effect: Effect;
  /** sample: the share sent to a person, 0 to 1. */
  share?: number;
  /** route_to: the queue's id. */
  queueId?: string;
  /** What the reviewer reads; null: the rule's id. */
  message?: string;
};

/** A decision made up by the author, and what the policy must say of it before it can be published. */
export type Fixture = {
  name: string;
  /** Facts by name, as `PolicyFacts` has them; what is left out is absent, or an everyday value where all have one. */
  decision: Record<string, unknown>;
  /** Null: no rule may hold. */
  expect: { effect: Effect | null; rule?: string };
};

/** What an agent looks for in a decision's text. */
export const agentKinds = ["pii", "prompt_injection", "toxicity", "model"] as const;
export type AgentKind = (typeof agentKinds)[number];

/** Something an agent saw. `at` points into the submission (RFC 6901); offsets are UTF-16 units of that text. */
export type Finding = {
  agent: string;
  version: number;
  /** `email`, `iban`, `instruction_override`, … */
  category: string;
  /** 0 to 1. */
  score: number;
  at: string;
  start: number;
  end: number;
};
