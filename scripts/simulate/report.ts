import { markdownTable } from "../torture/table";
import type { Plan } from "./plan";
import type { SectionResult } from "./simulate";

type Run = {
  seed: number;
  plan: Plan;
  workers: number;
  seconds: number;
  results: readonly SectionResult[];
  verdict: { line: string; isKept: boolean };
};

const criteriaOf = ({ results }: Run) => results.flatMap(({ criteria }) => criteria);

/** Everything that was judged, for programs; `passed` and `failed` count criteria. */
export function summaryOf(run: Run) {
  const all = criteriaOf(run);
  const { seed, plan, seconds, results, verdict } = run;
  return {
    passed: all.filter(({ isKept }) => isKept).length,
    failed: all.filter(({ isKept }) => !isKept).length,
    seed,
    plan,
    seconds: Math.round(seconds),
    criteria: all,
    tables: Object.fromEntries(results.map(({ title, table }) => [title, table])),
    verdict: verdict.line,
  };
}

/** The page that is committed: what was simulated, what must hold, and what was seen. */
export function reportOf(run: Run): string {
  const { seed, plan, workers, seconds, results, verdict } = run;
  const date = new Date().toISOString().slice(0, 10);
  return `${[
    "# Simulation of the autonomy contract",
    `Made by \`npm run simulate -- --streams ${plan.streams}\` on ${date}: ${plan.streams} streams of each scenario, seed ${seed}, ${Math.round(seconds / 60)} minutes on ${workers} ${workers === 1 ? "core" : "cores"}, Node ${process.versions.node}.`,
    "The worlds are made up, so the truth is known: 20 score bins of equal mass, of which the model claims an error rate of 0.3u² (u = 0 the most confident, 1 the least), Poisson numbers of decisions, and a true error rate of its own in each scenario. What is exercised is the product's own code: certificate, fallback, detectors, account and fold. A criterion that counts streams allows as many as a method exactly at its limit would show with probability 99.9 %.",
    `**${verdict.line}**`,
    "## What must hold",
    markdownTable([
      ["criterion", "measured", "bound", ""],
      ...criteriaOf(run).map(({ promise, measured, bound, isKept }) => [
        promise,
        measured,
        bound,
        isKept ? "kept" : "**broken**",
      ]),
    ]),
    ...results.flatMap(({ title, about, table }) => [`## ${title}`, about, markdownTable(table)]),
    "## Does the simulation notice?",
    "`npm run simulate -- --quick --break X` takes a part of the method out, and must end with a broken criterion: `no_correction` tests every threshold at the whole error probability, `no_weights` counts what was reviewed as much as what was audited, `no_gold` trusts reviewers, `as_they_arrive` folds labels when they come, `no_alarm` listens to no detector, `clopper_pearson` looks at exact intervals every day.",
  ].join("\n\n")}\n`;
}
