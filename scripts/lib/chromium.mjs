import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { Failure } from "./failure.mjs";
import { step } from "./progress.mjs";
import { run } from "./run.mjs";
import { root } from "./runtime.mjs";
import { toolFile } from "./tools.mjs";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const macs = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A browser for the browser tests: COUNTERSIGN_CHROMIUM, else the one on the PATH, else undefined. */
export function findChromium() {
  if (process.env.COUNTERSIGN_CHROMIUM) return process.env.COUNTERSIGN_CHROMIUM;
  const folders = (process.env.PATH || "").split(path.delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [...onPath, ...macs].find(isExecutable);
}

/** Finds a browser or installs one: Debian's as root, else Playwright's own download. Undefined: Playwright knows where. */
export async function ensureChromium() {
  const found = findChromium();
  if (found || hasPlaywrightBrowser()) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    await step("Installing Debian's chromium for the browser tests (once)", installWithApt).catch(
      noteFailure,
    );
    if (findChromium()) return findChromium();
  }
  await step("Downloading a chromium for the browser tests (once)", downloadWithPlaywright).catch(
    noteFailure,
  );
  if (hasPlaywrightBrowser()) return undefined;
  throw new Failure(
    "The browser tests need a chromium. Install one (Debian: apt-get install chromium), or name one with COUNTERSIGN_CHROMIUM=/path/to/chromium.",
  );
}

const options = {
  cwd: root,
  env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  log: path.join(root, ".runtime", "chromium.log"),
  advice: "Install a chromium yourself, or name one with COUNTERSIGN_CHROMIUM.",
};

async function installWithApt() {
  await run("apt-get", ["update"], options);
  await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], options);
}

const downloadWithPlaywright = () =>
  run(process.execPath, [toolFile("playwright"), "install", "--only-shell", "chromium"], options);

function noteFailure(error) {
  process.stderr.write(`${error.message}\n`);
}

function hasPlaywrightBrowser() {
  const cache = process.platform === "darwin" ? "Library/Caches/ms-playwright" : ".cache/ms-playwright";
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH || path.join(homedir(), cache);
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith("chromium"));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    return false; // Not there, or not ours to run: the next one may be.
  }
  return spawnSync(file, ["--version"], { stdio: "ignore" }).status === 0;
}
