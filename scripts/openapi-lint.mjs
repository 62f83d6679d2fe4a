// `npm run openapi:lint`: writes the API's document and lints it with redocly and spectral; any word of theirs fails.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { mkdtempSync, rmSync } = await import("node:fs");
const { tmpdir } = await import("node:os");
const { default: path } = await import("node:path");
const { exitWith, Failure } = await import("./lib/failure.mjs");
const { runTool } = await import("./lib/tools.mjs");

const folder = mkdtempSync(path.join(tmpdir(), "countersign-openapi-"));
const file = path.join(folder, "openapi.json");

try {
  const entry = path.join(import.meta.dirname, "lib", "write-openapi.ts");
  const written = await runTool(["tsx", "--conditions=react-server", entry, file]);
  if (written.code !== 0) throw new Failure("The API's document could not be written: the reason is above.");
  const redocly = await runTool(["@redocly/cli", "lint", file, "--max-problems", "1000"], {
    bin: "redocly",
    env: { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  const spectral = await runTool(
    ["@stoplight/spectral-cli", "lint", file, "--ruleset", ".spectral.yaml", "--fail-severity", "hint"],
    { bin: "spectral" },
  );
  if (redocly.code !== 0 || spectral.code !== 0)
    throw new Failure("The API's document has errors or warnings: they are above.");
} catch (error) {
  exitWith(error);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
