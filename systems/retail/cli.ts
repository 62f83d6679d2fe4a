import { randomBytes } from "node:crypto";
import path from "node:path";
import { parseArgs } from "node:util";
import { startRetail, type RetailOptions } from "./main";

const usage = "npm run retail -- --data <folder of orders.json, users.json, products.json> [--port 4244]";

/** The options of the command line, and of RETAIL_* variables for what it leaves out. */
function optionsFrom(args: string[], env: NodeJS.ProcessEnv): RetailOptions {
  const { values } = parseArgs({
    args,
    options: { data: { type: "string" }, port: { type: "string" }, store: { type: "string" } },
  });
  const dataDir = values.data ?? env.RETAIL_DATA;
  if (!dataDir) throw new Error(`say where the shop's records are: ${usage}`);
  const port = values.port ?? (env.RETAIL_PORT || "4244");
  if (!/^\d{1,5}$/.test(port)) throw new Error(`the port must be a whole number, not "${port}"`);
  const storeDir = values.store ?? (env.RETAIL_STORE_DIR || path.join("data", "retail"));
  const apiKey = env.RETAIL_API_KEY || randomBytes(24).toString("base64url");
  return { dataDir, storeDir, port: Number(port), apiKey };
}

async function run(): Promise<void> {
  const options = optionsFrom(process.argv.slice(2), process.env);
  const retail = await startRetail(options);
  const stop = () => void retail.close().finally(() => process.exit(0));
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("disconnect", stop);
  process.send?.({ ready: true, url: retail.url });
  if (process.send) return;
  process.stdout.write(`The shop is at ${retail.url}\n`);
  if (!process.env.RETAIL_API_KEY) process.stdout.write(`Its key, for this run: ${options.apiKey}\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`retail: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
