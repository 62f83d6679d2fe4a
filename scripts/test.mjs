// `npm test`: every test. `npm test -- unit db neon browser simulate kills torture` runs some of the parts; `looks` only
// when asked: every page at every width in both themes.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } = await import("node:fs");
const { availableParallelism, tmpdir } = await import("node:os");
const { default: path } = await import("node:path");
const { exitWith, Failure } = await import("./lib/failure.mjs");
const { writeJson } = await import("./lib/files.mjs");
const { prepare } = await import("./lib/prepare.mjs");
const { root } = await import("./lib/runtime.mjs");
const { addCounts, failuresIn, playwrightCounts, promiseCounts, sayCounts, secondTriesIn, vitestCounts } =
  await import("./lib/test-results.mjs");
const { runScript, runTool } = await import("./lib/tools.mjs");

const results = path.join(root, ".runtime", "results");

const parts = {
  unit: { title: "Rules and parts", run: () => vitest("unit", ["--project", "unit"]) },
  db: { title: "Database, through pg", run: () => vitest("db", ["--project", "db"]) },
  neon: {
    title: "Database, through Neon's driver",
    // The same promises through the other driver; what only repeats a race is repeated less.
    run: () =>
      vitest("neon", ["--project", "db"], {
        COUNTERSIGN_TEST_DRIVER: "neon",
        COUNTERSIGN_BUDGET_RUNS: "2",
        COUNTERSIGN_STOP_USES: "8",
      }),
  },
  browser: { title: "Stories in a browser", run: () => browser() },
  looks: {
    title: "Every page, width and theme",
    run: () => browser(["accessibility"], { COUNTERSIGN_E2E_LOOKS: "all" }),
    onlyWhenAsked: true,
  },
  simulate: { title: "Simulation of the certificate", run: simulate },
  kills: { title: "Twenty kills of the whole stack", run: kills },
  torture: { title: "Torture, and its negative control", run: torture },
};

/** These wait for programs that start and end more than they compute. */
const sideBySide = ["kills", "torture"];

async function rowOf(name) {
  const { title, run } = parts[name];
  const began = Date.now();
  const counts = await run();
  return { title, counts, seconds: Math.round((Date.now() - began) / 1000) };
}

async function vitest(name, args, env = {}) {
  const report = path.join(results, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await runTool(["vitest", "run", "--passWithNoTests", ...args, ...reporters], { env });
  return vitestCounts(report, code);
}

/** Everything is killed in the middle of its work, twenty times: nothing acknowledged is lost, no refund repeated. */
async function kills() {
  const { freePort } = await import("./lib/ports.mjs");
  await prepare("build");
  const script = path.join(root, "scripts", "torture", "kill-demo.mjs");
  // Below the ports that connections take for themselves: it must still be free after each kill.
  const port = await freePort(6100 + (process.pid % 390));
  const { code } = await runScript([script, "--kills", "20", "--port", String(port)]);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** Kills, crashes and systems that answer late or not at all: each promise of the executor counts as one test. */
async function torture() {
  await prepare("build");
  const report = path.join(results, "torture.json");
  const script = path.join(root, "scripts", "torture.mjs");
  const { code } = await runScript([script, "--quick"]);
  return promiseCounts(report, code);
}

/** Worlds whose truth is known: each criterion that the method must keep, or a control must break, counts as one test. */
async function simulate() {
  const report = path.join(results, "simulate.json");
  const script = path.join(root, "scripts", "simulate.mjs");
  const { code } = await runScript([script, "--quick"]);
  return promiseCounts(report, code);
}

/**
 * Two stories at a time or more, each against a stack with a database of its own: a story waits more than it computes.
 * Named stories share one.
 */
async function browser(stories = [], more = {}) {
  const { ensureChromium } = await import("./lib/chromium.mjs");
  await prepare("build");
  const chromium = await ensureChromium();
  const lanes = stories.length ? 1 : Math.min(4, Math.max(2, availableParallelism() >> 1));
  const report = path.join(results, "browser.json");
  const folder = mkdtempSync(path.join(tmpdir(), "countersign-e2e-"));
  chmodSync(folder, 0o711); // Under root the database runs as another user, who passes through it.
  const { code } = await runTool(["@playwright/test", "test", "--pass-with-no-tests", ...stories], {
    env: {
      ...more,
      ...(chromium && { COUNTERSIGN_CHROMIUM: chromium }),
      COUNTERSIGN_DATA_DIR: path.join(folder, "data"),
      COUNTERSIGN_E2E_PORT: String(4100 + (process.pid % 390)),
      COUNTERSIGN_E2E_LANES: String(lanes),
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
    bin: "playwright",
  });
  rmSync(folder, { recursive: true, force: true });
  return playwrightCounts(report, code);
}

try {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !(name in parts));
  if (unknown.length)
    throw new Failure(`No such part: ${unknown.join(", ")}. There are: ${Object.keys(parts).join(", ")}`);
  await prepare("install");
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });

  const names = Object.keys(parts).filter((name) =>
    asked.length ? asked.includes(name) : !parts[name].onlyWhenAsked,
  );
  const rows = [];
  for (const name of names.filter((each) => !sideBySide.includes(each))) rows.push(await rowOf(name));
  rows.push(...(await Promise.all(names.filter((each) => sideBySide.includes(each)).map(rowOf))));
  const total = addCounts(rows.map(({ counts }) => counts));
  writeJson(path.join(results, "summary.json"), total, 0o644);
  process.stdout.write("\n");
  for (const { title, counts, seconds } of rows)
    process.stdout.write(`${title.padEnd(32)} ${sayCounts(counts)} (${seconds} s)\n`);
  process.stdout.write(`${"All".padEnd(32)} ${sayCounts(total)}\n`);
  const reports = readdirSync(results).filter((name) => name.endsWith(".json"));
  for (const file of reports.map((name) => path.join(results, name))) {
    for (const story of secondTriesIn(file)) process.stdout.write(`passed on its second try  ${story}\n`);
    for (const failure of failuresIn(file)) process.stdout.write(`failed  ${failure}\n`);
  }
  if (total.failed) throw new Failure("Some tests failed: their names and reasons are above.");
} catch (error) {
  exitWith(error);
}
