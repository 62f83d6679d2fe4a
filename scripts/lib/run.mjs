import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";

/**
 * Runs a command to its end with its output kept in a file.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, log: string, advice: string }} options advice: what to do when it fails
 */
export async function run(command, args, { cwd, env, log, advice }) {
  mkdirSync(path.dirname(log), { recursive: true });
  const file = createWriteStream(log);
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let end = "";
  const keep = (chunk) => {
    file.write(chunk);
    end = (end + chunk).slice(-6000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const stop = () => child.kill();
  process.once("exit", stop);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status, signal) => resolve(status === null ? signal : status));
  });
  process.removeListener("exit", stop);
  file.end();
  if (code !== 0)
    throw new Failure(
      `${end.trim()}\n\n${path.basename(args[0] || command)} ended with ${code}. ${advice} (All output: ${log})`,
    );
}
