import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readJson } from "../lib/files.mjs";
import { isAlive, startOf } from "../lib/processes.mjs";
import { root } from "../lib/runtime.mjs";

const longestStart = 180_000;

/**
 * Starts the stack as `npm start` does, in a process group of its own.
 * @returns {Promise<{ isDead: boolean, until(ask: () => unknown): Promise<any>, kill(victim: "supervisor" | "programs" | "programs and database"): Promise<void>, stop(): Promise<void> }>}
 */
export async function startStack({ dataDir, port, billingKey }) {
  const env = {
    ...process.env,
    COUNTERSIGN_DATA_DIR: dataDir,
    PORT: String(port),
    BILLING_API_KEY: billingKey,
    COUNTERSIGN_WORKER_LEASE_MS: "5000",
  };
  delete env.DATABASE_URL;
  const child = spawn(process.execPath, [path.join(root, "scripts", "serve.mjs")], {
    cwd: root,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { pid } = child;
  if (!pid) throw new Error("the stack could not be started");
  let said = "";
  const keep = (chunk) => (said = (said + chunk).slice(-4000));
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  // Whatever ends the test ends what it started.
  const abandon = () => {
    process.kill(-pid, "SIGKILL");
    killDatabase(dataDir);
  };
  process.once("exit", abandon);
  child.once("exit", () => process.off("exit", abandon));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stack = {
    isDead: false,
    until: (ask) => until(ask, child, () => said),
    async kill(victim) {
      const family = livingFamily(dataDir);
      process.kill(victim === "supervisor" ? pid : -pid, "SIGKILL");
      if (victim === "programs and database") killDatabase(dataDir);
      stack.isDead = true;
      await ended;
      await gone(family);
    },
    async stop() {
      const family = livingFamily(dataDir);
      stack.isDead = true;
      child.kill("SIGTERM");
      await ended;
      await gone(family);
    },
  };
  return stack;
}

/** Asks again and again until the answer comes without an error; throws when the stack ends before. */
async function until(ask, child, said) {
  const deadline = Date.now() + longestStart;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`The stack did not come up: ${error.message}\n${said()}`, { cause: error });
      }
      await sleep(100);
    }
  }
}

// It runs in a group of its own, so that a start finds it again.
function killDatabase(dataDir) {
  const file = path.join(dataDir, "postgres", "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n", 1)[0]);
  if (isAlive(pid)) process.kill(pid, "SIGKILL");
}

function livingFamily(dataDir) {
  const running = readJson(path.join(dataDir, "running.json"));
  return running?.children ?? [];
}

/** What the supervisor left ends by itself when its channel closes; a new start must find it gone or wait for it. */
async function gone(family) {
  const deadline = Date.now() + 15_000;
  while (family.some(({ pid, start }) => isAlive(pid) && startOf(pid) === start)) {
    if (Date.now() > deadline) return;
    await sleep(50);
  }
}
