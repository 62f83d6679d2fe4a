// `npm run retail -- --data <folder> [--port 4244]`: the reference shop, a system of class B (systems/retail/README.md).
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { pathToFileURL } = await import("node:url");
const { exitWith } = await import("./lib/failure.mjs");
const { prepare } = await import("./lib/prepare.mjs");

try {
  await prepare("bundle");
  const { program } = await import("./lib/serve-production.mjs");
  await import(pathToFileURL(program("retail")).href);
} catch (error) {
  exitWith(error);
}
