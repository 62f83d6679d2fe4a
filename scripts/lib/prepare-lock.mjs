import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readJson } from "./files.mjs";
import { isAlive, sleep, startOf } from "./processes.mjs";
import { root } from "./runtime.mjs";

const file = path.join(root, ".runtime", "prepare.json");

/** Runs the work while no other process installs or builds in this checkout. */
export async function alone(work) {
  await take();
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function take() {
  mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }), { flag: "wx" });
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = readJson(file);
    if (holder && isAlive(holder.pid) && startOf(holder.pid) === holder.start) {
      if (!told)
        process.stdout.write(
          `Waiting for process ${holder.pid}, which installs or builds in this checkout ...\n`,
        );
      told = true;
      await sleep(500);
    } else {
      await sleep(100); // A holder that has just made the file may not have written it yet.
      const again = readJson(file);
      if (!again || !holder || again.pid === holder.pid) rmSync(file, { force: true });
    }
  }
}
