import { cautionOf as cautionOfFindings } from "@/lib/policies/moderation/caution-of";
import {
  drawnCaution,
  noRuling,
  ruleOn,
  type Lookups,
  type PolicyInForce,
  type PolicyRuling,
} from "@/lib/policies/rule-on";
import type { Finding } from "@/lib/policies/schema";
import { versionKey } from "@/lib/policies/server/load-policies";
import type { Trial } from "@/lib/policies/server/note-trials";
import type { Reason } from "@/lib/decisions/schema";
import type { Caution, Routing } from "@/lib/routing/route-decision";
import { policyFactsOf, type Checked } from "./facts-of";
import type { TypeInForce } from "./load-types";
import type { Rulebook } from "./rulebook";

/** What policies and findings say of one submission, and what is to be counted of it afterwards. */
export type Consulted = {
  ruling: PolicyRuling;
  caution: Caution;
  /** Held against the route it took once it is answered; null: there is nothing to count. */
  trials: ((routed: Routing, again: (caution: Caution) => Routing) => Trial[]) | null;
};

/** Asks the policies in force; with none, only the findings count. */
export function consult(
  checked: Checked,
  findings: readonly Finding[],
  rulebook: Rulebook,
  { livemode, draw }: { livemode: boolean; draw: number },
): Consulted {
  const { type, submission } = checked;
  const seen = findings.length === 0 ? [] : cautionOfFindings(findings, type.agents);
  if (type.policies.length === 0)
    return { ruling: noRuling, caution: withSeen(noRuling.caution, seen), trials: null };
  const { published, shadows, isWhole } = policiesOf(type, rulebook);
  const facts = policyFactsOf(checked, findings, rulebook.now);
  const past = { ...checked, typeKey: type.typeKey, livemode, subject: submission.subject ?? null };
  const lookups: Lookups = { history: rulebook.history.answersFor(past) };
  rulebook.history.remember(past);
  const ruling = ruleOn(published, facts, lookups);
  const cautionOf = (each: PolicyRuling) => {
    return withSeen(drawnCaution(each, draw), isWhole ? seen : [...seen, unread]);
  };
  const trials: Consulted["trials"] = (routed, again) => [
    ...published.map((policy) => trialOf(policy, ruling)),
    ...shadows.map((policy) => {
      const would = ruleOn(replacing(published, policy), facts, lookups);
      return {
        ...trialOf(policy, would),
        shadow: compared(policy, routed, again(cautionOf(would)), ruling, would),
      };
    }),
  ];
  return { ruling, caution: cautionOf(ruling), trials };
}

function withSeen({ review, decline }: Caution, seen: readonly Reason[]): Caution {
  return seen.length === 0 ? { review, decline } : { review: [...review, ...seen], decline };
}

const unread: Reason = {
  kind: "policy",
  code: "policy_failed",
  message: "A policy in force could not be read",
};

function policiesOf({ policies }: TypeInForce, rulebook: Rulebook) {
  const published: PolicyInForce[] = [];
  const shadows: PolicyInForce[] = [];
  let isWhole = true;
  for (const version of policies) {
    const policy = rulebook.policies.get(versionKey(version));
    if (policy) (version.shadow ? shadows : published).push(policy);
    else isWhole &&= version.shadow;
  }
  return { published, shadows, isWhole };
}

/** The policies as they would be with this version in force. */
function replacing(published: readonly PolicyInForce[], version: PolicyInForce): PolicyInForce[] {
  return [...published.filter(({ policyId }) => policyId !== version.policyId), version];
}

function trialOf({ versionId, rules }: PolicyInForce, { hits, failed }: PolicyRuling): Trial {
  const own = (each: { versionId: string }) => each.versionId === versionId;
  return {
    versionId,
    asked: rules.map(({ id }) => id),
    hits: hits.filter(own).map(({ ruleId }) => ruleId),
    failed: failed.filter(own).map(({ ruleId }) => ruleId),
    shadow: null,
  };
}

function compared(
  { versionId }: PolicyInForce,
  routed: Routing,
  again: Routing,
  was: PolicyRuling,
  would: PolicyRuling,
): Trial["shadow"] {
  const ruleId =
    [...would.failed, ...would.hits].find((each) => each.versionId === versionId)?.ruleId ?? null;
  return { ruleId, was: wordOf(routed, was), would: wordOf(again, would) };
}

function wordOf({ route }: Routing, { twoReviewers }: PolicyRuling): string {
  return route === "review" && twoReviewers ? "review_by_two" : route;
}
