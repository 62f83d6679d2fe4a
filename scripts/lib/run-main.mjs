import path from "node:path";
import { aboutOf, asksForHelp } from "./about.mjs";
import { exitWith } from "./failure.mjs";
import { prepare } from "./prepare.mjs";
import { root } from "./runtime.mjs";
import { runTool } from "./tools.mjs";

/**
 * Runs scripts/NAME/main.ts with the options of the command line, once so much is prepared; with `--help` prints what
 * it says of itself.
 */
export async function runMain(name, { needs }) {
  const entry = path.join(root, "scripts", name, "main.ts");
  const given = process.argv.slice(2);
  if (asksForHelp(given)) {
    process.stdout.write(`${aboutOf(entry).join("\n")}\n`);
    return;
  }
  try {
    await prepare(needs);
    const { code } = await runTool(["tsx", "--conditions=react-server", entry, ...given]);
    process.exitCode = code;
  } catch (error) {
    exitWith(error);
  }
}
