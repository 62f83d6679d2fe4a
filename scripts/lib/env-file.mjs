import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "./runtime.mjs";

/** Reads `.env` of the checkout, if there is one. What the environment says already stands. */
export function readEnvFile() {
  const file = path.join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}
