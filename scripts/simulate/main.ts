// `npm run simulate`: whether the method keeps its promises, in worlds whose truth is known. `--quick` runs 200 streams
// of everything; `--streams N`, `--seed N`, `--workers N`; `--report docs/simulation.md` writes a page. `--break no_alarm`
// (or no_correction, no_weights, no_gold, as_they_arrive, clopper_pearson) takes a part of the method out: then it must fail.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../lib/runtime.mjs";
import { textTable } from "../torture/table";
import { readOptions } from "./options";
import { startPool } from "./pool";
import { reportOf, summaryOf } from "./report";
import { runSection, sectionsOf, verdictOf, type SectionResult } from "./simulate";

const options = readOptions(process.argv.slice(2));
const { plan, seed } = options;
const say = (line: string) => void process.stdout.write(`${line}\n`);
const began = performance.now();
const pool = startPool(options.workers);
const results: SectionResult[] = [];
say(`${plan.streams} streams of each scenario, seed ${seed}, ${options.workers} workers`);
if (plan.mutation !== "none") say(`Broken on purpose: ${plan.mutation}`);
for (const section of sectionsOf(plan)) {
  const result = await runSection(section, seed, pool.run);
  results.push(result);
  say(`\n${result.title} (${result.seconds.toFixed(0)} s)\n\n${textTable(result.table)}`);
}
await pool.stop();

const criteria = results.flatMap((result) => result.criteria);
const verdict = verdictOf(criteria);
say("");
for (const { promise, measured, bound, isKept } of criteria)
  say(`${isKept ? "kept  " : "BROKEN"}  ${promise}: ${measured} (${bound})`);
const about = {
  seed,
  plan,
  workers: options.workers,
  seconds: (performance.now() - began) / 1000,
  results,
  verdict,
};
save(path.join(root, ".runtime", "results", "simulate.json"), JSON.stringify(summaryOf(about), null, 2));
if (options.report !== null) save(options.report, reportOf(about));
say(`\n${verdict.line}`);
process.exitCode = verdict.isKept ? 0 : 1;

function save(file: string, content: string): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, `${content.trimEnd()}\n`);
}
