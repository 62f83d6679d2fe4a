"use client";

import type { ReactNode } from "react";
import { Sheet, SheetContent } from "@/components/ui/sheet";

/** Formulas as they are computed in this page, with their sources. */
export function Formulas({ onClose }: { onClose: () => void }) {
  return (
    <Sheet open onOpenChange={onClose}>
      <SheetContent
        side="end"
        title="How is this computed?"
        description="Everything is reckoned in your browser from one answer of the server."
      >
        <dl className="flex flex-col gap-4 text-sm">
          {entries.map(({ name, formula, text, source }) => (
            <div key={name} className="flex flex-col gap-1">
              <dt className="font-semibold">{name}</dt>
              <dd className="flex flex-col gap-1">
                {formula ? (
                  <code className="rounded-control bg-surface-2 px-2 py-1 font-mono text-xs whitespace-pre-wrap">
                    {formula}
                  </code>
                ) : null}
                <span>{text}</span>
                {source ? <span className="text-xs text-muted-foreground">{source}</span> : null}
              </dd>
            </div>
          ))}
        </dl>
      </SheetContent>
    </Sheet>
  );
}

type Entry = { name: string; formula?: string; text: ReactNode; source?: string };

const entries: Entry[] = [
  {
    name: "Which decisions",
    text: "Proposals of one kind by this app in the period, the newest 200,000 at most. What a cap, a policy or a finding sends to a person counts in the whole, and never as running alone: no threshold could let it through.",
  },
  {
    name: "Which labels, and their weight",
    formula: "w = 1 / pi",
    text: "pi is the probability, fixed before the draw, that somebody would say whether a decision was right: 1 where people rule on everything, the audit rate where it runs alone, a plan's chance where a plan drew it. The strongest answer counts: an outcome over an auditor over a reviewer. An outcome of a decision that nobody drew has no known chance; it is left out unless you ask for it, and then weighs 1.",
    source: "Horvitz & Thompson, JASA 47 (1952)",
  },
  {
    name: "Wrong among what runs alone",
    formula: "error(t) = Σ w·wrong / Σ w   over labels with confidence ≥ t",
    text: "Without the weights the reviewed ones, which are the doubtful ones, would count too much.",
    source: "Hájek (1971)",
  },
  {
    name: "Its 95 % interval",
    formula: "n* = (Σ w)² / Σ w²\n(p + z²/2n* ± z·√(p(1−p)/n* + z²/4n*²)) / (1 + z²/n*)",
    text: "Wilson's interval on the effective number of labels n*; with equal weights n* is their number. Below 30 of them no figure is given. The interval is for reading: looked at again and again, it does not certify anything.",
    source: "Kish, Survey Sampling (1965); Wilson, JASA 22 (1927)",
  },
  {
    name: "A week",
    text: "Counts of the period, divided by the weeks from its first decision to its last, a day at least. Wrong a week is the error and its interval times what runs alone a week.",
  },
  {
    name: "Reviewers' time saved",
    formula: "alone a week × (1 − audit rate) × seconds a look / 3600",
    text: "Seconds a look: the median of how long people looked at reviews of this type in 30 days; the range is its middle half. The audit rate is the one in force, or the 20 % that a contract begins with.",
  },
  {
    name: "Cost a week",
    formula: "wrong a week × cost of a wrong one + looks a week × hours a look × cost of an hour",
    text: "The cost of a wrong one is the decision type's; people are taken to catch what is wrong of what they look at. Delays, and what reviewers miss, are not in it.",
  },
  {
    name: "Is the app as right as it is sure?",
    formula: "ECE = Σ n_b/n · |right_b − stated_b|     Brier = Σ w(p − right)² / Σ w",
    text: "15 equal bins, closed on the right, weighted by w; each bar is Wilson's interval of its bin. Calibrated: what the map in force at the time made of the confidence, fitted on earlier decisions.",
    source: "Guo et al., ICML 2017; Brier, Monthly Weather Review 78 (1950)",
  },
  {
    name: "Evidence of a threshold",
    formula:
      "E = Σ_k W_k Π (1 + ω·λ_k·(alpha − loss)),   λ_k = (1 − Q_k)/(1 − alpha)\nω = smallest pi / pi,   certified when E ≥ 1/level",
    text: "Eleven bets against “wrong at least alpha of the time”. If that were so, E would ever reach 1/level with a probability of at most the level, however often anyone looks. The meter shows ln E against ln(1/level).",
    source: "Waudby-Smith & Ramdas, JRSS B 86 (2024); Xu, Karampatziakis & Mineiro, NeurIPS 2024",
  },
  {
    name: "The level of each threshold",
    formula: "level = delta / J + what the stricter one before it passed on",
    text: "J thresholds share delta: each hands its level on when it is certified. So all that are certified hold together, and any of them may be chosen.",
    source: "Wiens, Pharmaceutical Statistics 2 (2003)",
  },
  {
    name: "Still needed",
    formula: "(ln(1/level) − ln E) / ln((1 − q)/(1 − alpha))",
    text: "About so many more right answers, q being the error seen so far. Where q reaches alpha, more of the same would not do.",
  },
  {
    name: "Where no contract governs",
    text: "The same evidence over the labels of the period, looked at once: a rehearsal. Only a contract's own certification period certifies, with labels folded in the order of decisions and late ones counted as wrong.",
  },
];
