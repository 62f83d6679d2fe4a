// `npm run bench`: throughput and latency of the built server on a database of its own, one JSON line a figure.
// `npm run bench -- lists`, `-- dashboards`, `-- reviewers`, `-- autonomy` and `-- replay` measure the lists, the tiles, the verdicts, the fold and
// the time machine, `-- drift` how far a sampled comparison is from the full one; `-- certificate`, `-- moderation` and `-- thresholds` need no database.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { default: path } = await import("node:path");
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

try {
  const [first = "", ...rest] = process.argv.slice(2);
  const named = Object.hasOwn(benches, first);
  if (!named && first !== "" && !first.startsWith("--")) {
    throw new Failure(`There is no bench ${first}: ${Object.keys(benches).join(", ")}.`);
  }
  const name = named ? first : "intake";
  await prepare(benches[name]);
  const entry = path.join(root, "bench", `${name}.ts`);
  const given = named ? rest : process.argv.slice(2);
  const { code } = await runTool(["tsx", "--conditions=react-server", entry, ...given]);
  if (code !== 0) throw new Failure("The bench ended early: the reason is above.");
} catch (error) {
  exitWith(error);
}
