import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/lib/chromium.mjs";

// The configuration is read again in each worker, which inherits what the first reading set. Stories find the
// sign-ins and API keys in demo.json in COUNTERSIGN_DATA_DIR.
process.env.COUNTERSIGN_DATA_DIR ??= path.join(tmpdir(), `countersign-e2e-${process.pid}`, "data");
process.env.COUNTERSIGN_E2E_PORT ??= String(4100 + (process.pid % 800));
const port = process.env.COUNTERSIGN_E2E_PORT;
const url = `http://localhost:${port}`;

export default defineConfig({
  testDir: "e2e",
  // One stack with one database behind all of them: a story at a time.
  workers: 1,
  fullyParallel: false,
  // A browser on a busy machine gets a second try in CI; what needed it is named in the report.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [["list"], ["json"]] : [["list"]],
  outputDir: "test-results",
  use: {
    baseURL: url,
    // A trace costs as much as the story: ask for one with --trace on.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findChromium(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: "node scripts/serve.mjs",
    env: { PORT: port, COUNTERSIGN_DATA_DIR: process.env.COUNTERSIGN_DATA_DIR },
    url: `${url}/api/health`,
    timeout: 240_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
  },
});
