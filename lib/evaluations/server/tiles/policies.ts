import type { Effect } from "@/lib/policies/schema";
import { emptySum } from "@/lib/stats/weighted-sum";
import type { TileBody } from "../../board-schema";
import { rowsBehind } from "../population";
import { mostStopped, readRules, type RuleRow } from "../read-rules";
import { shareNumbers, type Numbers } from "../reading";
import { notNarrowedBy, type Window } from "../window";

const effectWords: Record<Effect, string> = {
  sample: "sample",
  route_to: "route to a queue",
  require_review: "ask a person",
  require_two_reviewers: "ask two people",
  decline: "decline",
};

/** How each rule in force or in shadow did: what it held back, whether people agreed, what it cost in reviews. */
export async function policyRules(w: Window): Promise<TileBody> {
  const { rules, looked } = await readRules(w);
  const lines = rules
    .map((rule) => ({ ...rule, agreed: shareNumbers(rule.right ?? emptySum, rule.needless ?? emptySum) }))
    .toSorted((a, b) => b.fired - a.fired || (nameOf(a) < nameOf(b) ? -1 : 1));
  const sum = (pick: (rule: RuleRow) => number) => rules.reduce((total, rule) => total + pick(rule), 0);
  const live = rules.filter(({ status }) => status === "published");
  const extra = live.reduce((total, { extra: own }) => total + own, 0);
  return {
    sentence:
      rules.length === 0
        ? "No policy is in force or in shadow here."
        : `${live.length} rules in force, ${rules.length - live.length} in shadow; ${extra.toLocaleString("en")} reviews would not have been without one of those in force; ${sum(({ caught }) => caught).toLocaleString("en")} wrong proposals were caught, or would have been.`,
    population: `Decisions of this time that a rule in force held back (of the newest ${mostStopped.toLocaleString("en")} that went to a person or were declined${looked >= mostStopped ? "; there are more" : ""}), and those that one in shadow would have routed otherwise`,
    weighting:
      "the share agreed is over those whose truth is known, the strongest label, each weighted by one over its probability, none below an effective sample of 30; the rest are plain counts. Asked and held are of whole UTC days and of every app",
    picture: { kind: "bars", unit: "share", bars: lines.slice(0, mostBars).map((line) => barOf(w, line)) },
    table: {
      columns: [
        "Rule",
        "Asks to",
        "State",
        "Asked",
        "Held",
        "Fired",
        "Extra reviews",
        "Reviews spared",
        "Truth known",
        "Agreed",
        "Lower",
        "Upper",
        "Wrong ones caught",
      ],
      rows: lines.map((line) => [
        nameOf(line),
        effectWords[line.effect],
        line.status === "published" ? "in force" : "in shadow",
        line.asked,
        line.held,
        line.fired,
        line.extra,
        line.spared,
        line.agreed.n,
        line.agreed.value,
        line.agreed.lower,
        line.agreed.upper,
        line.caught,
      ]),
    },
    not_narrowed_by: notNarrowedBy({ ...w.filter, labelled: undefined }).length > 0 ? ["asked and held"] : [],
    rows: null,
  };
}

const mostBars = 12;

const nameOf = ({ name, number, rule }: RuleRow) => `${name} v${number}: ${rule}`;

function barOf(w: Window, line: RuleRow & { agreed: Numbers }) {
  const { value, lower, upper, n } = line.agreed;
  return {
    label: `${nameOf(line)}${line.status === "shadow" ? " (in shadow)" : ""}, agreed`,
    value,
    lower,
    upper,
    n,
    cumulative: null,
    href: hrefOf(w, line),
  };
}

/** What a rule in force held back is listed; what one in shadow would have, stands on its policy's page. */
function hrefOf(w: Window, { status, versionId, rule, policyId, appId }: RuleRow): string | null {
  if (status === "published") {
    return `/decisions?${new URLSearchParams(rowsBehind(w.ctx, w.filter, { rule: `${versionId}/${rule}` })).toString()}`;
  }
  return appId === null ? null : `/apps/${appId}/policies/${policyId}`;
}
