import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { readJson, writeJson } from "./files.mjs";

const machine = `node ${process.versions.node.split(".")[0]} ${process.platform} ${process.arch}`;

/** What a web build and the bundles are made of. */
const sources = [
  "app",
  "components",
  "db",
  "demo",
  "lib",
  "public",
  "scripts/entry",
  "scripts/lib/bundle.mjs",
  "systems",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

/** A text that changes with any source that is built, and with the Node and machine that build it. */
export function sourcesKey(root) {
  const hash = createHash("sha256").update(machine);
  for (const source of sources) addToHash(hash, root, source);
  return hash.digest("hex");
}

function addToHash(hash, root, name) {
  const at = path.join(root, name);
  if (!existsSync(at)) return;
  const entries = readdirOrNothing(at);
  if (!entries) {
    hash.update(`\0${name}\0`).update(readFileSync(at));
    return;
  }
  for (const entry of entries.sort()) {
    if (!/\.test\.tsx?$/.test(entry)) addToHash(hash, root, `${name}/${entry}`);
  }
}

function readdirOrNothing(at) {
  try {
    return readdirSync(at);
  } catch (error) {
    if (error.code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** A text that changes with the lock, the installation's settings, and the machine. */
export function lockKey(root) {
  const hash = createHash("sha256").update(machine);
  for (const name of ["package-lock.json", ".npmrc"]) hash.update(readFileSync(path.join(root, name)));
  return hash.digest("hex");
}

const fileOf = (folder) => path.join(folder, ".stamp.json");

/** Whether the folder was made from exactly this. */
export function isFresh(folder, key) {
  const stamp = readJson(fileOf(folder));
  return stamp !== undefined && stamp.key === key;
}

/** Called when the folder is complete, and only then. */
export function stamp(folder, key) {
  writeJson(fileOf(folder), { key, machine });
}

/** Called before the folder is made anew, so that an interruption leaves no word that it is fresh. */
export function unstamp(folder) {
  rmSync(fileOf(folder), { force: true });
}
