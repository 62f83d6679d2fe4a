import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { Effect } from "@/lib/policies/schema";
import type { FixtureInput, PolicyVersionView, RuleInput } from "@/lib/policies/views";

/** A rule and a fixture as they are typed; `key` tells them apart while they have no name. */
export type RuleDraft = {
  key: number;
  id: string;
  when: string;
  effect: Effect;
  /** Percent. */
  share: string;
  queue: string;
  message: string;
};
export type FixtureDraft = { key: number; name: string; decision: string; effect: Effect | ""; rule: string };
export type PolicyDraft = { rules: RuleDraft[]; fixtures: FixtureDraft[]; note: string };

let keys = 0;
const nextKey = () => (keys += 1);

/** What a version says, to be typed in. */
export function draftOf(version: Pick<PolicyVersionView, "rules" | "fixtures" | "note"> | null): PolicyDraft {
  return {
    rules: (version?.rules ?? []).map((rule) => ({
      key: nextKey(),
      id: rule.id,
      when: rule.when,
      effect: rule.effect,
      share: String(Math.round((rule.share ?? 0.1) * 1000) / 10),
      queue: rule.queue_id ?? "",
      message: rule.message ?? "",
    })),
    fixtures: (version?.fixtures ?? []).map((fixture) => ({
      key: nextKey(),
      name: fixture.name,
      decision: JSON.stringify(fixture.decision, null, 2),
      effect: fixture.expect.effect ?? "",
      rule: fixture.expect.rule ?? "",
    })),
    note: version?.note ?? "",
  };
}

export function newRule(): RuleDraft {
  return { key: nextKey(), id: "", when: "", effect: "require_review", share: "10", queue: "", message: "" };
}

export function newFixture(): FixtureDraft {
  return { key: nextKey(), name: "", decision: '{\n  "amount": 20000\n}', effect: "", rule: "" };
}

/** What is sent, with what is wrong by the key of its rule or fixture: an empty map where nothing is. */
export type Read = { rules: RuleInput[]; fixtures: FixtureInput[]; wrong: ReadonlyMap<number, string> };

/** Reads what was typed. */
export function readDraft({ rules, fixtures }: PolicyDraft): Read {
  const wrong = new Map<number, string>();
  for (const rule of rules) {
    const problem = problemOf(rule, rules);
    if (problem !== null) wrong.set(rule.key, problem);
  }
  const examples = fixtures.map((fixture) => {
    const decision = objectOf(fixture.decision);
    if (decision === null) wrong.set(fixture.key, "The decision is no JSON object");
    else if (fixture.name.trim() === "") wrong.set(fixture.key, "Give it a name");
    return { name: fixture.name.trim(), decision: decision ?? {}, expect: expectOf(fixture) };
  });
  return { rules: rules.map(ruleOf), fixtures: examples, wrong };
}

function problemOf({ key, id, effect, share, queue }: RuleDraft, rules: readonly RuleDraft[]): string | null {
  if (!/^[a-z][a-z0-9_]{0,59}$/.test(id))
    return "The id is lower-case words joined by underscores, such as over_150";
  if (rules.some((other) => other.key < key && other.id === id)) return "Another rule has this id";
  const percent = shareOf(share);
  if (effect === "sample" && !(percent > 0 && percent <= 100))
    return "The share is a number above 0, at most 100";
  return effect === "route_to" && queue === "" ? "Choose a queue" : null;
}

const shareOf = (text: string) => Number(text.trim().replace(",", ".") || Number.NaN);

function ruleOf({ id, when, effect, share, queue, message }: RuleDraft): RuleInput {
  return {
    id,
    when,
    effect,
    ...(effect === "sample" ? { share: shareOf(share) / 100 } : {}),
    ...(effect === "route_to" && queue !== "" ? { queue_id: queue } : {}),
    ...(message.trim() === "" ? {} : { message: message.trim() }),
  };
}

function expectOf({ effect, rule }: FixtureDraft): FixtureInput["expect"] {
  return { effect: effect === "" ? null : effect, ...(rule === "" ? {} : { rule }) };
}

function objectOf(text: string): JsonObject | null {
  try {
    // JSON.parse makes nothing else.
    const parsed = JSON.parse(text) as JsonValue;
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
