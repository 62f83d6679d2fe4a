// `npm run torture`: the product under kills, stops, crashes and systems that lie dead or answer late; then what the
// clients and the systems wrote down, against what it says. `--quick`; `--seeds 11,99 --decisions 3000`; `--control`
// runs the negative control alone; `--report docs/x.md` writes a page.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freePort } from "../lib/ports.mjs";
import { root } from "../lib/runtime.mjs";
import { readOptions } from "./options";
import { reportOf, summaryOf } from "./report";
import { torture, type Run } from "./run";
import { rowsOf, textTable } from "./table";
import { verdictsOf } from "./verdict";

const options = readOptions(process.argv.slice(2));
const say = (line: string) => void process.stdout.write(`${line}\n`);
const runs: Run[] = [];
if (!options.isControlOnly) for (const seed of options.seeds) runs.push(await run(seed));
const control = await run(options.seeds[0] ?? 1, { isControl: true });

const verdicts = verdictsOf(runs, control);
if (runs.length > 0) say(`\n${textTable(rowsOf(runs))}`);
say(`\nNegative control, which sends again whatever was not answered:\n\n${textTable(rowsOf([control]))}\n`);
for (const { promise, broken } of verdicts)
  say(`${broken === 0 ? "kept  " : "BROKEN"}  ${promise}${broken ? `: ${broken}` : ""}`);

const summary = JSON.stringify(summaryOf(runs, control, verdicts), null, 2);
save(path.join(root, ".runtime", "results", "torture.json"), summary);
if (options.report !== null) {
  save(options.report, reportOf(runs, control, verdicts));
  save(options.report.replace(/(\.md)?$/, ".json"), summary);
}
process.exit(verdicts.every(({ broken }) => broken === 0) ? 0 : 1);

async function run(seed: number, { isControl = false } = {}): Promise<Run> {
  const doses = isControl ? options.control : options.doses;
  say(`${isControl ? "Negative control" : "Torture"}, seed ${seed}: ${doses.decisions} decisions`);
  const done = await torture({ seed, port: options.port ?? (await freePort()), doses, isControl });
  const crashes = Object.entries(done.crashes).map(([point, times]) => `${point} ${times}`);
  say(`  ${done.seconds} s, calm after ${done.calmSeconds} s, ${done.resolved} settled by a person`);
  say(`  crashed at ${crashes.join(", ")}${done.unreached > 0 ? `; not reached: ${done.unreached}` : ""}`);
  if (!isControl && options.seeds.length > 1) say(`\n${textTable(rowsOf([done]))}\n`);
  if (done.endedAlone.length > 0) say(`  ended although nobody killed it: ${done.endedAlone.join(", ")}`);
  if (done.folder !== null) say(`  a promise was broken; everything is kept in ${done.folder}`);
  return done;
}

function save(file: string, text: string): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, `${text.trimEnd()}\n`);
}
