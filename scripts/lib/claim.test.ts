import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claimDataDir } from "./claim.mjs";
import { isAlive, startOf } from "./processes.mjs";

let dataDir = "";
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "countersign-claim-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const note = () => JSON.parse(readFileSync(path.join(dataDir, "running.json"), "utf8"));

test("a second one is told where the first runs, with a code of its own", async () => {
  const claim = await claimDataDir(dataDir);
  claim.note({ url: "http://localhost:4999" });
  await expect(claimDataDir(dataDir)).rejects.toMatchObject({
    exitCode: 75,
    message: expect.stringContaining("http://localhost:4999"),
  });
  claim.release();
  await claimDataDir(dataDir);
  expect(note().pid).toBe(process.pid);
});

test("of many that start at once over a dead one's note, one wins", async () => {
  writeFileSync(path.join(dataDir, "running.json"), JSON.stringify({ pid: 2 ** 22 + 1, start: "then" }));
  const all = await Promise.allSettled(Array.from({ length: 8 }, () => claimDataDir(dataDir)));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("the id of a dead one, in use again by a stranger, does not count", async () => {
  writeFileSync(
    path.join(dataDir, "running.json"),
    JSON.stringify({ pid: process.ppid, start: "another life" }),
  );
  await claimDataDir(dataDir);
  expect(note().pid).toBe(process.pid);
});

test("programs that a killed one left are ended before anything new starts", async () => {
  const orphan = spawn(process.execPath, [
    "-e",
    "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)",
  ]);
  const child = { pid: orphan.pid ?? 0, start: startOf(orphan.pid) };
  const dead = { pid: 2 ** 22 + 1, start: "then", children: [child] };
  writeFileSync(path.join(dataDir, "running.json"), JSON.stringify(dead));
  await claimDataDir(dataDir, { patience: 300 });
  expect(isAlive(child.pid)).toBe(false);
}, 30_000);
