import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chownSync, existsSync, lstatSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";

const isRoot = () => typeof process.getuid === "function" && process.getuid() === 0;

/**
 * Who runs the database: undefined means this process's own user. PostgreSQL refuses root, so root
 * runs it as the owner of an existing cluster, else as nobody.
 * @returns {{ uid: number, gid: number } | undefined}
 */
export function databaseUser(cluster) {
  if (!isRoot()) return undefined;
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  const uid = idOf("-u");
  const gid = idOf("-g");
  if (!uid || !gid) {
    throw new Failure(
      "PostgreSQL does not run as root, and this machine has no user `nobody`. Start as another user, or set DATABASE_URL.",
    );
  }
  return { uid, gid };
}

/** Whether the database's user can get at this existing folder. */
export function canReach(folder, user) {
  if (!user) return true;
  const { status } = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], {
    ...user,
    cwd: "/",
    stdio: "ignore",
  });
  return status === 0;
}

/**
 * A folder for root's database that the database's user can reach, named after the path it stands in
 * for: a checkout under a 0700 home is closed to everyone but its owner.
 */
export function reachableFolder(standsFor, user) {
  const key = createHash("sha256").update(path.resolve(standsFor)).digest("hex").slice(0, 12);
  for (const base of ["/var/lib/countersign", "/var/tmp/countersign"]) {
    const folder = path.join(base, key);
    if (isOursToUse(base) && isOursToUse(folder) && canReach(folder, user)) return folder;
  }
  throw new Failure(
    `The database's user cannot reach ${standsFor}, and no folder outside could be made for it. Move the checkout out of the closed home, or set DATABASE_URL.`,
  );
}

/** Makes the folder when it is missing; false when it is someone else's, a link, or cannot be made. */
function isOursToUse(folder) {
  try {
    mkdirSync(folder, { mode: 0o711 });
  } catch (error) {
    if (error.code !== "EEXIST") return false;
  }
  const found = lstatSync(folder);
  return found.isDirectory() && found.uid === process.getuid();
}

/** Makes a folder private to the database's user. */
export function makePrivate(folder, user) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
}

function idOf(flag) {
  const { stdout } = spawnSync("id", [flag, "nobody"], { encoding: "utf8" });
  return Number.parseInt(stdout || "", 10) || undefined;
}
