import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "./runtime.mjs";

const require = createRequire(path.join(root, "package.json"));

/** The file behind a package's command, so that it runs under this Node and not through a shell. */
export function toolFile(name, command = name) {
  const manifest = path.join(root, "node_modules", name, "package.json");
  const { bin } = require(manifest);
  return path.join(path.dirname(manifest), typeof bin === "string" ? bin : bin[command]);
}

/**
 * Runs a tool of the project to its end.
 * @param {string[]} command a package's name, and its arguments
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean, bin?: string }} options quiet: keep the output instead of showing it
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runTool([name, ...args], { bin, ...options } = {}) {
  return runScript([toolFile(name, bin), ...args], options);
}

/**
 * Runs a script under this Node to its end.
 * @param {string[]} command the script's file, and its arguments
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runScript(command, { env = {}, quiet = false } = {}) {
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
  });
  let output = "";
  const keep = (chunk) => (output += chunk);
  if (quiet) for (const stream of [child.stdout, child.stderr]) stream.on("data", keep);
  const pass = (signal) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, pass);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status === null ? 1 : status));
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.removeListener(signal, pass);
  return { code, output };
}
