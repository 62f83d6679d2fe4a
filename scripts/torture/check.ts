import type { Effect, Received, Told } from "./ledger";
import { isForAPerson } from "./person";
import type { Standing } from "./standing";

/** What came of the decisions of one system (or of all). */
export type Figures = {
  acknowledged: number;
  /** Requests that reached the system, and what happened in it. */
  requests: number;
  effects: number;
  /** Acknowledged (a decision, a verdict, a cancellation) and not so in the end. */
  lost: number;
  /** Decisions with more than one effect. */
  doubled: number;
  /** Effects without a decision that was approved, or with one that was cancelled. */
  unapproved: number;
  /** Effects that are not what was approved. */
  altered: number;
  failedWithEffect: number;
  succeededWithout: number;
  /** Neither over nor for a person to see, at the end of the calm. */
  stuck: number;
  /** Executions of which the budget holds too little or too much. */
  miscounted: number;
  /** What the journal does not have, and links of its chain that do not hold. */
  unrecorded: number;
  staleRefused: number;
  staleLanded: number;
  /** Left for a person: of unknown fate, and given up. */
  unknown: number;
  dead: number;
};

export type Evidence = {
  told: Told[];
  ledger: (Effect | Received)[];
  /** As it stood when everything that settles itself had, and after a person settled the rest. */
  before: Standing[];
  standings: Standing[];
  stuck: Set<string>;
  stale: { refused: string[]; landed: string[] };
  miscounted: string[];
  unrecorded: string[];
};

export const none: Figures = {
  acknowledged: 0,
  requests: 0,
  effects: 0,
  lost: 0,
  doubled: 0,
  unapproved: 0,
  altered: 0,
  failedWithEffect: 0,
  succeededWithout: 0,
  stuck: 0,
  miscounted: 0,
  unrecorded: 0,
  staleRefused: 0,
  staleLanded: 0,
  unknown: 0,
  dead: 0,
};

/** Figures that must be zero, and the promise that each of them breaks. */
export const promises = {
  lost: "What was acknowledged stands",
  doubled: "No decision acts twice",
  unapproved: "Nothing happens that nobody approved",
  altered: "What happens is what was approved",
  failedWithEffect: "A failed execution had no effect",
  succeededWithout: "A succeeded execution had its effect",
  stuck: "Every execution ends, or a person sees it",
  miscounted: "Budgets hold what was spent, and no more",
  unrecorded: "The journal has what happened, in a chain that holds",
  staleLanded: "No result counts whose lease was over",
} as const satisfies Partial<Record<keyof Figures, string>>;

/** Everything that is known of one decision. */
type Story = {
  system: string;
  external: string;
  ids: Set<string>;
  isAuto: boolean;
  amount: number;
  verdict: string | null;
  isCancelled: boolean;
};

/** Judges a run by the clients' log, the systems' ledger and what stands in the end; by system. */
export function judge(evidence: Evidence): Map<string, Figures> {
  const stories = storiesOf(evidence.told);
  const byDecision = new Map(
    [...stories.values()].flatMap((story) => [...story.ids].map((id) => [id, story] as const)),
  );
  const standings = new Map(evidence.standings.map((standing) => [standing.id, standing]));
  const figures = new Map<string, Figures>();
  const add = (system: string, name: keyof Figures, count = 1) => {
    const of = figures.get(system) ?? { ...none };
    figures.set(system, { ...of, [name]: of[name] + count });
  };

  for (const story of stories.values()) {
    add(story.system, "acknowledged");
    if (isLost(story, standings)) add(story.system, "lost");
  }
  const effects = effectsOf(evidence.ledger);
  for (const line of evidence.ledger) add(line.system, line.kind === "request" ? "requests" : "effects");
  for (const [id, happened] of effects) {
    const [first] = happened;
    if (!first) continue;
    const story = byDecision.get(id);
    if (happened.length > 1) add(first.system, "doubled");
    if (!story || !isAllowed(story, standings.get(id))) add(first.system, "unapproved", happened.length);
    else if (happened.some((effect) => !isAsApproved(story, effect))) add(first.system, "altered");
  }
  for (const [id, { execution }] of standings) {
    const system = byDecision.get(id)?.system;
    if (!system || !execution) continue;
    const happened = effects.get(id)?.length ?? 0;
    if (execution.status === "failed" && happened > 0) add(system, "failedWithEffect");
    if (execution.status === "succeeded" && happened === 0) add(system, "succeededWithout");
    if (evidence.stuck.has(id)) add(system, "stuck");
  }
  for (const { id, execution } of evidence.before) {
    const system = byDecision.get(id)?.system;
    if (system && execution && isForAPerson(execution))
      add(system, execution.status === "unknown" ? "unknown" : "dead");
  }
  for (const id of evidence.stale.refused) add(byDecision.get(id)?.system ?? "?", "staleRefused");
  for (const id of evidence.stale.landed) add(byDecision.get(id)?.system ?? "?", "staleLanded");
  for (const id of evidence.miscounted) add(byDecision.get(id)?.system ?? "windows", "miscounted");
  for (const id of evidence.unrecorded) add(byDecision.get(id)?.system ?? "journal", "unrecorded");
  return figures;
}

/** What happened in the systems, by the decision whose key it was. */
export function effectsOf(ledger: (Effect | Received)[]): Map<string, Effect[]> {
  const effects = new Map<string, Effect[]>();
  for (const line of ledger) {
    if (line.kind !== "effect") continue;
    // A decision that came back to review and was approved again has a key with a number.
    const id = /^exec_(dec_[0-9a-z]+)(?:_\d+)?$/.exec(line.key)?.[1] ?? line.key;
    effects.set(id, [...(effects.get(id) ?? []), line]);
  }
  return effects;
}

function storiesOf(told: Told[]): Map<string, Story> {
  const stories = new Map<string, Story>();
  for (const line of told) {
    const story = stories.get(line.external);
    if (line.kind === "acknowledged") {
      const { system, external, amount } = line;
      const isAuto = line.route === "execute";
      if (story) story.ids.add(line.id);
      else
        stories.set(external, {
          system,
          external,
          ids: new Set([line.id]),
          isAuto,
          amount,
          verdict: null,
          isCancelled: false,
        });
    } else if (story && line.kind === "ruled") {
      story.verdict = line.verdict;
      story.amount = line.amount;
    } else if (story && line.kind === "cancelled") story.isCancelled = true;
  }
  return stories;
}

function isLost(story: Story, standings: Map<string, Standing>): boolean {
  const [id = ""] = story.ids;
  const standing = standings.get(id);
  if (story.ids.size !== 1 || !standing || standing.external !== story.external) return true;
  if (story.isCancelled) return standing.status !== "cancelled";
  if (story.verdict === "decline") return standing.status !== "declined";
  if (story.verdict === null && !story.isAuto) return false;
  return standing.status !== "approved" || standing.execution === null;
}

function isAllowed(story: Story, standing: Standing | undefined): boolean {
  const isApproved = story.isAuto || story.verdict === "approve" || story.verdict === "edit";
  return isApproved && !story.isCancelled && standing?.status === "approved";
}

function isAsApproved(story: Story, effect: Effect): boolean {
  return effect.invoice === story.external && effect.amount === story.amount;
}

/** The sum of several systems' figures. */
export function sumOf(all: Iterable<Figures>): Figures {
  const sum = { ...none };
  for (const figures of all)
    for (const name of Object.keys(none) as (keyof Figures)[]) sum[name] += figures[name];
  return sum;
}

/** True when figures hold what must be zero. */
export function breaksPromise(figures: Figures): boolean {
  return (Object.keys(promises) as (keyof typeof promises)[]).some((name) => figures[name] > 0);
}
