import { patterns } from "./account";
import { atMost, meanOf, mustBreak, text, type Planned, type Section } from "./criterion";
import type { LateLabels, RubberStamp } from "./labels";
import { promise, type Plan } from "./plan";

const { alpha, delta } = promise;

/** Labels that come late, are lost, or are given by people who wave things through; and the account of what was wrong. */
export function labelsSection({ streams, mutation }: Plan): Section {
  const jobs: Planned[] = [
    ...Object.entries(late(mutation)).map(([name, job]) => ({ name, job, streams })),
    ...Object.entries(stamps(mutation)).map(([name, job]) => ({ name, job, streams })),
    ...patterns.map((pattern): Planned => {
      return { name: pattern, job: { kind: "account", pattern, delta, decisions: 20_000 }, streams };
    }),
  ];
  const rows = {
    "in order": "Wrong ones labelled 20 days late, folded in order: certified",
    "counted wrong": "… too late counts as wrong, 1 % of labels are lost: certified",
    "as they arrive": "Control: folded as they arrive, a false certificate comes",
    "0.5 gold": "Reviewers catch 50 % of what is wrong, corrected: certified",
    "0.8 gold": "Reviewers catch 80 %, corrected: certified",
    "0.95 gold": "Reviewers catch 95 %, corrected: certified",
    "0.5 plain": "Control: at 50 % uncorrected, a false certificate comes",
    "0.8 plain": "Reviewers catch 80 %, uncorrected",
    "0.95 plain": "Reviewers catch 95 %, uncorrected",
    constant: "Account, constant error rate: more wrong than it says",
    jump: "Account, 1 % and then 15 %: more wrong than it says",
    cyclic: "Account, up and down: more wrong than it says",
    bursts: "Account, in bursts: more wrong than it says",
    two_audit_rates: "Account, two audit rates: more wrong than it says",
  };
  const keyOf = (name: string) => (patterns.some((pattern) => pattern === name) ? "missed" : "certified");
  return {
    title: "Labels, and the account",
    about: `One threshold, looked at after every decision. Late labels: 12,000 decisions, ${alpha * 100} % wrong. Reviewers: 10,000 decisions, 2.2 % wrong in truth, their share caught measured on 100 known-wrong ones. The account: 20,000 automatic executions, 5 % audited.`,
    jobs,
    judge: (outcomes) =>
      Object.entries(rows).flatMap(([name, words]) => {
        const all = outcomes(name);
        if (words.startsWith("Control")) return [mustBreak(words, all, keyOf(name), delta)];
        return words.endsWith("uncorrected") ? [] : [atMost(words, all, keyOf(name), delta)];
      }),
    table: (outcomes) => [
      ["", "share of streams"],
      ...Object.entries(rows).map(([name, words]) => [words, text(meanOf(outcomes(name), keyOf(name)))]),
    ],
  };
}

function late(mutation: Plan["mutation"]): Record<string, LateLabels> {
  const job: LateLabels = {
    kind: "late",
    alpha,
    delta,
    perDay: 100,
    days: 120,
    delay: 20,
    lost: 0,
    patience: 30,
    fold: "in_order",
    mutation,
  };
  return {
    "in order": job,
    "counted wrong": { ...job, lost: 0.01, patience: 7 },
    "as they arrive": { ...job, fold: "as_they_arrive" },
  };
}

function stamps(mutation: Plan["mutation"]): Record<string, RubberStamp> {
  const job = { kind: "rubber_stamp", alpha, rate: 0.022, delta, decisions: 10_000, mutation } as const;
  return Object.fromEntries(
    [0.5, 0.8, 0.95].flatMap((sensitivity) => [
      [`${sensitivity} gold`, { ...job, sensitivity, gold: 100 }],
      [`${sensitivity} plain`, { ...job, sensitivity, gold: 0 }],
    ]),
  );
}
