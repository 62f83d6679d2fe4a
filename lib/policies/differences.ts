import type { PolicyRule } from "./schema";

/** How one rule differs between two versions. */
export type RuleDifference = {
  id: string;
  change: "added" | "removed" | "changed";
  before: PolicyRule | null;
  after: PolicyRule | null;
};

/** What changed from one version to the next, in the order of the newer one, what went last. */
export function differencesOf(before: readonly PolicyRule[], after: readonly PolicyRule[]): RuleDifference[] {
  const was = new Map(before.map((rule) => [rule.id, rule]));
  const is = new Set(after.map(({ id }) => id));
  const changed = after.flatMap((rule): RuleDifference[] => {
    const old = was.get(rule.id) ?? null;
    if (old && isSame(old, rule)) return [];
    return [{ id: rule.id, change: old ? "changed" : "added", before: old, after: rule }];
  });
  const removed = before
    .filter(({ id }) => !is.has(id))
    .map((rule) => ({ id: rule.id, change: "removed" as const, before: rule, after: null }));
  return [...changed, ...removed];
}

/**
 * True where something that asked for caution may no longer: a rule of the version in force is gone or not as it was.
 * Rules that only come on top never loosen anything.
 */
export function mayLoosen(before: readonly PolicyRule[], after: readonly PolicyRule[]): boolean {
  const stays = (rule: PolicyRule) => after.some((other) => asksSame(rule, other));
  return !before.every(stays);
}

function asksSame(one: PolicyRule, other: PolicyRule): boolean {
  return (
    one.when === other.when &&
    one.effect === other.effect &&
    one.share === other.share &&
    one.queueId === other.queueId
  );
}

function isSame(one: PolicyRule, other: PolicyRule): boolean {
  return asksSame(one, other) && (one.message ?? "") === (other.message ?? "");
}
