import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";
import { readJson, writeJson } from "./files.mjs";
import { isAlive, startOf, waitForExit } from "./processes.mjs";

const taken = 75; // EX_TEMPFAIL: try again when the other one has ended.

/**
 * Makes this process the only one that serves from the data folder. Throws when another does, with its address.
 * Processes that a killed predecessor left are waited for (`patience` milliseconds each), then ended.
 * @returns {Promise<{ note(facts: { url?: string, billingPort?: number, mailboxPort?: number, children?: { pid: number, start: string }[] }): void, release(): void }>}
 */
export async function claimDataDir(dataDir, { patience = 8_000 } = {}) {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const file = path.join(dataDir, "running.json");
  const mine = { pid: process.pid, start: startOf(process.pid) };
  for (let tries = 0; !link(file, mine); tries += 1) {
    const holder = readJson(file);
    if (holder && isSame(holder)) throw alreadyRunning(dataDir, holder);
    if (tries > 20) throw new Failure(`${file} cannot be replaced. Delete it and start again.`);
    if (holder) await outlive(holder.children || [], patience);
    removeStale(file, holder);
  }
  return {
    note: (facts) => writeJson(file, Object.assign(mine, facts)),
    release: () => rmSync(file, { force: true }),
  };
}

/** Whether that very process still runs, and not a later one with its id. */
const isSame = ({ pid, start }) => isAlive(pid) && startOf(pid) === start;

/** Linking fails when the file exists, so of two that start at once one wins. */
function link(file, content) {
  const draft = `${file}.${process.pid}`;
  writeDraft(draft, content);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDraft(draft, content) {
  try {
    writeFileSync(draft, JSON.stringify(content), { mode: 0o600 });
  } catch (error) {
    if (error.code !== "EACCES") throw error;
    throw new Failure(
      `${path.dirname(draft)} belongs to another user. Start as that user, or choose a folder: COUNTERSIGN_DATA_DIR=./data2 npm start`,
    );
  }
}

/** Moves the stale file aside; puts it back when another process has just replaced it. */
function removeStale(file, stale) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  const moved = readJson(aside);
  if (moved && stale && (moved.pid !== stale.pid || moved.start !== stale.start)) link(file, moved);
  rmSync(aside, { force: true });
}

async function outlive(children, patience) {
  for (const child of children.filter(isSame)) {
    if (await waitForExit(child.pid, patience)) continue;
    if (isSame(child)) process.kill(child.pid, "SIGKILL");
    await waitForExit(child.pid, 2_000);
  }
}

function alreadyRunning(dataDir, { pid, url }) {
  const where = url ? `at ${url}` : "and is still starting";
  return new Failure(
    `Countersign already runs from ${dataDir} ${where} (process ${pid}).\nStop that one first, or give this one a folder and a port of its own: COUNTERSIGN_DATA_DIR=./data2 PORT=3100 npm start`,
    { code: taken },
  );
}
