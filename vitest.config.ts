import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const databaseTests = ["**/*.db.test.ts"];
const elsewhere = ["node_modules/**", ".next/**", "dist/**", "data/**", ".runtime/**", "e2e/**"];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: here("./scripts/test/empty.ts") },
      { find: /^@\//, replacement: here("./") },
    ],
  },
  test: {
    environment: "node",
    // A worker keeps the modules it has loaded: loading them anew for every file took half of the time. The
    // set-up gives each file the environment it began with; a test that changes a global puts it back itself.
    isolate: false,
    // What one part of the tests has transformed, the next does not transform again.
    fsModuleCache: true,
    // One core stays free by default; of two that is half, and a database test waits for its database.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    setupFiles: ["./scripts/test/setup.ts"],
    // A race on a busy machine gets a second try in CI; what needed it is named in the report.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          testTimeout: 20_000,
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...elsewhere, ...databaseTests],
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: databaseTests,
          exclude: elsewhere,
          globalSetup: ["./db/testing-setup.ts"],
          testTimeout: 40_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
