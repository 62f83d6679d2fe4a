import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/lib/chromium.mjs";
import { chromiumSwitches } from "./scripts/lib/chromium-switches.mjs";
import { lanesOf } from "./scripts/lib/lanes.mjs";

// The configuration is read again in each worker, which inherits what the first reading set.
process.env.COUNTERSIGN_E2E_DATA_DIR ??=
  process.env.COUNTERSIGN_DATA_DIR ?? path.join(tmpdir(), `countersign-e2e-${process.pid}`, "data");
process.env.COUNTERSIGN_E2E_PORT ??= String(4100 + (process.pid % 390));
const lanes = lanesOf({
  port: Number(process.env.COUNTERSIGN_E2E_PORT),
  dataDir: process.env.COUNTERSIGN_E2E_DATA_DIR,
  count: Number(process.env.COUNTERSIGN_E2E_LANES ?? 1),
});
// A worker that ended after a failure is followed by one of the same index, over the same stack.
const own = lanes[Number(process.env.TEST_PARALLEL_INDEX ?? 0)];
if (!own) throw new Error("COUNTERSIGN_E2E_LANES takes a whole number from 1 on");
// Stories find the sign-ins and API keys in demo.json in COUNTERSIGN_DATA_DIR.
process.env.COUNTERSIGN_DATA_DIR = own.dataDir;

export default defineConfig({
  testDir: "e2e",
  // A stack with its database takes a story at a time; whichever is free takes the next file.
  workers: lanes.length,
  fullyParallel: false,
  globalSetup: "./e2e/stacks-answer.ts",
  metadata: { stacks: lanes.map(({ url }) => url) },
  // A browser on a busy machine gets a second try in CI; what needed it is named in the report.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [["list"], ["json"]] : [["list"]],
  outputDir: "test-results",
  use: {
    baseURL: own.url,
    // A trace costs as much as the story: ask for one with --trace on.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findChromium(),
      args: chromiumSwitches,
    },
  },
  webServer: lanes.map(({ port, dataDir }) => ({
    command: "node scripts/serve.mjs",
    env: { PORT: String(port), COUNTERSIGN_DATA_DIR: dataDir },
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
  })),
});
