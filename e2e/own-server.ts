import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A free port of this machine. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

/** An empty installation of its own beside the suite's, with this environment; `setupToken` is what it printed. */
export async function startOwnServer(env: Record<string, string>) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const dataDir = mkdtempSync(path.join(tmpdir(), "countersign-own-"));
  let printed = "";
  const child = spawn(process.execPath, ["scripts/serve.mjs"], {
    env: {
      ...process.env,
      ...env,
      PORT: String(port),
      COUNTERSIGN_ORIGIN: url,
      NEXTAUTH_URL: url,
      COUNTERSIGN_DATA_DIR: path.join(dataDir, "data"),
      COUNTERSIGN_DEMO: "off",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.on("data", (text: Buffer) => (printed += text.toString()));
  const log = path.join(dataDir, "data", "logs", "web.log");
  const said = () => printed + (existsSync(log) ? readFileSync(log, "utf8") : "");
  const setupToken = await tokenIn(said, () => child.exitCode !== null);
  const stop = async () => {
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url, setupToken, stop };
}

async function tokenIn(said: () => string, isOver: () => boolean): Promise<string> {
  for (let tries = 0; tries < 900 && !isOver(); tries += 1) {
    const token = /\/setup\?token=([\w-]+)/.exec(said())?.[1];
    if (token) return token;
    await sleep(100);
  }
  throw new Error(`The server printed no set-up token:\n${said()}`);
}
