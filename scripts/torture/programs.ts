import { fork, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startPostgres } from "../lib/embedded-postgres.mjs";
import { times } from "./faults";

/** A program of the product under torture: it is started again whenever it ends, however it ended. */
export class Program {
  /** Where the running one ends itself, or null. */
  armed: string | null = null;
  isStopped = false;
  /** How often it ended at a crash point it was armed with. */
  readonly crashed: string[] = [];
  /** How often it ended although nobody killed it. */
  readonly endedAlone: string[] = [];
  private child: ChildProcess | null = null;
  private isReady = false;
  private wasEverReady = false;
  private isOver = false;
  private isKilled = false;
  private nextArm: string | null = null;

  constructor(
    private readonly file: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly log: number,
  ) {
    this.launch();
  }

  get ready(): boolean {
    return this.isReady && !this.isStopped;
  }

  /** SIGKILL; the next one is armed with a crash point, if one is given. Resolves when it is gone. */
  async kill(arm: string | null = null): Promise<void> {
    const { child } = this;
    this.nextArm = arm;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    this.isKilled = true;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  /** Holds the process still, as a machine that is suspended would. */
  async pause(ms: number): Promise<void> {
    const { child } = this;
    if (!child) return;
    this.isStopped = true;
    child.kill("SIGSTOP");
    await sleep(ms);
    child.kill("SIGCONT");
    // Time to bring back what it holds, before anybody kills it.
    await sleep(400);
    this.isStopped = false;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Throws when it never came up at all: then it is not the torture that ended it. */
  async untilReady(): Promise<void> {
    while (!this.isReady) {
      if (!this.wasEverReady && this.endedAlone.length > 0) throw new Error(`${this.file} does not start`);
      await sleep(20);
    }
  }

  async end(): Promise<void> {
    this.isOver = true;
    await this.kill();
  }

  private launch(): void {
    this.isReady = false;
    this.isKilled = false;
    this.armed = this.nextArm;
    this.nextArm = null;
    const env = this.armed === null ? this.env : { ...this.env, CRASH_AT: this.armed };
    const child = fork(this.file, [], { env, execArgv: [], stdio: ["ignore", this.log, this.log, "ipc"] });
    this.child = child;
    child.once("message", () => {
      this.isReady = true;
      this.wasEverReady = true;
    });
    child.once("exit", (code, signal) => {
      if (!this.isKilled && this.armed !== null && signal === "SIGKILL") this.crashed.push(this.armed);
      else if (!this.isKilled && !this.isOver) this.endedAlone.push(`${this.file} ${signal ?? code}`);
      this.isReady = false;
      this.isStopped = false;
      if (!this.isOver) this.launch();
    });
  }
}

export type Place = { folder: string; database: { url: string; pid: number }; env: NodeJS.ProcessEnv };

const databaseName = "torture";

/** A database of its own in `folder`, and what the programs on it are told. */
export async function makePlace(folder: string, port: number, target: string): Promise<Place> {
  mkdirSync(path.join(folder, "logs"), { recursive: true });
  chmodSync(folder, 0o711);
  const password = randomBytes(12).toString("hex");
  const database = await startPostgres({ dataDir: folder, password, database: databaseName });
  const secret = () => randomBytes(32).toString("base64");
  const session = secret();
  const origin = `http://localhost:${port}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: database.url,
    PORT: String(port),
    HOST: "127.0.0.1",
    COUNTERSIGN_MODE: "embedded",
    COUNTERSIGN_ORIGIN: origin,
    COUNTERSIGN_DATA_DIR: folder,
    COUNTERSIGN_SESSION_SECRET: session,
    COUNTERSIGN_ENCRYPTION_KEY: secret(),
    COUNTERSIGN_KEY_PEPPER: secret(),
    COUNTERSIGN_AUDIT_SECRET: secret(),
    COUNTERSIGN_JOURNAL_KEY: secret(),
    COUNTERSIGN_ALLOWED_PRIVATE_HOSTS: target,
    COUNTERSIGN_WORKER_LEASE_MS: String(times.lease),
    COUNTERSIGN_WORKER_CAPACITY: "24",
    COUNTERSIGN_DB_POOL: "5",
    NEXTAUTH_SECRET: session,
    NEXTAUTH_URL: origin,
  };
  return { folder, database, env };
}

/** Kills the database server, its postmaster first, and starts it again over the same files after `awayMs`. */
export async function killDatabase(place: Place, awayMs: number): Promise<void> {
  const { url, pid } = place.database;
  process.kill(pid, "SIGKILL");
  await sleep(awayMs);
  const { password } = new URL(url);
  place.database = await startPostgres({ dataDir: place.folder, password, database: databaseName });
  if (place.database.url !== url) throw new Error("the database came back at another address");
}

/** Starts the fake systems; they live until this process ends. Resolves to where they listen. */
export async function startTarget(file: string, seed: number): Promise<{ host: string; close: () => void }> {
  const program = path.join(import.meta.dirname, "target.ts");
  const child = fork(program, [file, String(seed)], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const [message] = (await once(child, "message")) as [{ port: number }];
  return { host: `127.0.0.1:${message.port}`, close: () => child.disconnect() };
}

/** The file that a program's output goes to. */
export function logOf(folder: string, name: string): number {
  return openSync(path.join(folder, "logs", `${name}.log`), "a");
}
