// `npm run bench`: throughput and latency of the built server on a database of its own; `npm run bench -- NAME` another
// bench, `npm run bench -- --help` what each of them measures and which options it takes.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { default: path } = await import("node:path");
const { aboutOf, asksForHelp } = await import("./lib/about.mjs");
const { exitWith, Failure } = await import("./lib/failure.mjs");
const { prepare } = await import("./lib/prepare.mjs");
const { root } = await import("./lib/runtime.mjs");
const { runTool } = await import("./lib/tools.mjs");

/** Each bench, and how much must be prepared for it. */
const benches = {
  intake: "build",
  dashboards: "install",
  lists: "install",
  reviewers: "install",
  autonomy: "install",
  certificate: "install",
  moderation: "install",
  thresholds: "install",
  replay: "install",
  drift: "install",
};

const fileOf = (name) => path.join(root, "bench", `${name}.ts`);

function help() {
  const each = Object.keys(benches).map((name) => [name, ...aboutOf(fileOf(name)), ""].join("\n"));
  process.stdout.write(`npm run bench -- [NAME] [OPTIONS]: without a name intake.\n\n${each.join("\n")}`);
}

try {
  const [first = "", ...rest] = process.argv.slice(2);
  if (asksForHelp([first])) {
    help();
    process.exit(0);
  }
  const named = Object.hasOwn(benches, first);
  if (!named && first !== "" && !first.startsWith("--")) {
    throw new Failure(`There is no bench ${first}. There are: ${Object.keys(benches).join(", ")}`);
  }
  const name = named ? first : "intake";
  await prepare(benches[name]);
  const given = named ? rest : process.argv.slice(2);
  const { code } = await runTool(["tsx", "--conditions=react-server", fileOf(name), ...given]);
  if (code !== 0) throw new Failure("The bench ended early or a figure is over its bar: see above.");
} catch (error) {
  exitWith(error);
}
