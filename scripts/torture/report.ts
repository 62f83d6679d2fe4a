import { execFileSync } from "node:child_process";
import { cpus, release, totalmem, type } from "node:os";
import { fullDoses } from "./chaos";
import { shares, times } from "./faults";
import type { Run } from "./run";
import { markdownTable, rowsOf, totalOf } from "./table";
import type { Verdict } from "./verdict";

/** What a report says of where and on what it was made; no names and no paths. */
function surroundings() {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const isChanged = git("status", "--porcelain", "--untracked-files=no") !== "";
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: git("rev-parse", "HEAD") + (isChanged ? " with uncommitted changes" : ""),
    machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory, ${type()} ${release().split("-")[0]}`,
    node: process.versions.node,
  };
}

/** Everything that was counted, for programs; `passed` and `failed` count promises. */
export function summaryOf(runs: readonly Run[], control: Run, verdicts: readonly Verdict[]) {
  const plain = (run: Run) => ({ ...run, folder: undefined, figures: Object.fromEntries(run.figures) });
  return {
    passed: verdicts.filter(({ broken }) => broken === 0).length,
    failed: verdicts.filter(({ broken }) => broken > 0).length,
    ...surroundings(),
    verdicts,
    total: totalOf(runs),
    runs: runs.map(plain),
    control: plain(control),
  };
}

/** The page that is committed: what was done, what was promised, and what was seen. */
export function reportOf(runs: readonly Run[], control: Run, verdicts: readonly Verdict[]): string {
  const { date, commit, machine, node } = surroundings();
  const total = totalOf(runs);
  const seeds = runs.map(({ seed }) => seed).join(", ");
  return `${[
    "# Torture report",
    `Made by \`npm run torture -- --seeds ${seeds.replaceAll(", ", ",")} --decisions ${runs[0]?.doses.decisions ?? 0}\` on ${date}, on ${machine}, Node ${node}; commit \`${commit}\`. It took ${seconds([...runs, control])}.`,
    "Fake systems of the three classes, in a process that nobody kills, keep ledgers of their own, which are the truth. Clients submit over the HTTP API and write down what they are told. The programs of the product (three workers, the web server, PostgreSQL) are killed, stopped and crashed all the while. The judgement reads the clients' logs, the systems' ledgers and what the API says in the end.",
    "## Promises",
    markdownTable([
      ["promise", "broken", "of", "95 % bound"],
      ...verdicts.map((verdict) => rowOf(verdict, total)),
    ]),
    "## Figures",
    markdownTable(rowsOf(runs)),
    `*unknown* and *dead* were left for a person, who looked into the system's own ledger and settled ${sum(runs, (run) => run.resolved)} of them over the API. \`A-key\` recognises a key but cannot be asked; A and B can; C offers neither. *stale refused* are results that came back after their worker's lease and changed nothing.`,
    markdownTable(seedsOf(runs)),
    "## What befell it",
    markdownTable(blowsOf(runs)),
    `Of ${total.requests} requests that reached a system, ${sum(runs, (run) => run.faults.ok ?? 0)} went well: ${sharesOf()}. Look-ups fail, hang or are cut 18 % of the time. Requests time out after ${times.timeout} ms, late effects land up to ${times.latestEffect} ms after they were asked for, leases last ${times.lease} ms, and what was not answered is believed absent ${times.settleDelay} ms later at the earliest.`,
    "## Negative control",
    `The same with the database's guard taken away and everything that was not answered set back to pending, as a job queue would (seed ${control.seed}, ${control.doses.decisions} decisions): **${totalOf([control]).doubled} decisions acted twice**.`,
    markdownTable(rowsOf([control])),
  ].join("\n\n")}\n`;
}

function rowOf({ promise, broken }: Verdict, { acknowledged }: { acknowledged: number }): string[] {
  const isOfDecisions = !promise.startsWith("No program") && !promise.startsWith("The negative");
  const bound = broken === 0 ? `${(300 / acknowledged || 0).toFixed(3)} %` : "";
  return [promise, String(broken), isOfDecisions ? String(acknowledged) : "", isOfDecisions ? bound : ""];
}

function seedsOf(runs: readonly Run[]): string[][] {
  return [
    ["seed", "decisions", "minutes", "calm after", "settled by a person"],
    ...runs.map((run) => [
      String(run.seed),
      String(run.doses.decisions),
      (run.seconds / 60).toFixed(1),
      `${run.calmSeconds} s`,
      String(run.resolved),
    ]),
  ];
}

function blowsOf(runs: readonly Run[]): string[][] {
  const doses = Object.keys(fullDoses) as (keyof typeof fullDoses)[];
  const titles = {
    workerKills: "a worker killed",
    pauses: "a worker held still past its lease",
    apiKills: "the web server killed",
    databaseKills: "the database server killed",
    perCrashPoint: null,
  };
  const points = [...new Set(runs.flatMap((run) => Object.keys(run.crashes)))].toSorted();
  return [
    ["", "times"],
    ...doses.flatMap((dose) => {
      const title = titles[dose];
      return title === null ? [] : [[title, String(sum(runs, (run) => run.doses[dose]))]];
    }),
    ...points.map((point) => [
      `crashed at \`${point}\``,
      String(sum(runs, (run) => run.crashes[point] ?? 0)),
    ]),
  ];
}

function sharesOf(): string {
  return Object.entries(shares)
    .map(([fault, share]) => `${fault.replace("_", " ")} ${Math.round(share * 1000) / 10} %`)
    .join(", ");
}

function sum(runs: readonly Run[], of: (run: Run) => number): number {
  return runs.reduce((total, run) => total + of(run), 0);
}

function seconds(runs: readonly Run[]): string {
  return `${Math.round(sum(runs, (run) => run.seconds) / 60)} minutes`;
}
