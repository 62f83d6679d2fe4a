import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";

/** Resolves after `ms` milliseconds. */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether a process with this id exists; a process of another user counts. */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
  return !isZombie(pid);
}

/** Waits until the process is gone; false when it still lives after `ms` milliseconds. */
export async function waitForExit(pid, ms) {
  const end = Date.now() + ms;
  while (isAlive(pid)) {
    if (Date.now() > end) return false;
    await sleep(20);
  }
  return true;
}

/** The command line of a process, or "" when it cannot be read. */
export function commandOf(pid) {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ");
    } catch {
      return ""; // The process has ended in between, which is an answer.
    }
  }
  return ps(pid, "command");
}

/** A text that two processes with the same id at different times do not share. */
export function startOf(pid) {
  if (process.platform === "linux") return statFields(pid)[19] || "";
  return ps(pid, "lstart");
}

function isZombie(pid) {
  return process.platform === "linux" && statFields(pid)[0] === "Z";
}

/** The fields of /proc/PID/stat after the command's name, which may hold blanks and brackets itself. */
function statFields(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return []; // No such process.
  }
}

function ps(pid, column) {
  const { stdout } = spawnSync("ps", ["-o", `${column}=`, "-p", String(pid)], { encoding: "utf8" });
  return (stdout || "").trim();
}
