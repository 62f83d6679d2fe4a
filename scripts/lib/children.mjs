import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "./failure.mjs";
import { openLog } from "./logs.mjs";
import { startOf } from "./processes.mjs";
import { root } from "./runtime.mjs";

const longestPause = 30_000;
const steadyAfter = 60_000;
const patience = 12_000;
const longestStart = 180_000;
/**
 * Node's own switches for our programs. A larger nursery: most of what a request makes is gone after it. No source maps:
 * reading those of every page costs a second and 100 MB at each start; NODE_OPTIONS=--enable-source-maps brings them back.
 */
export const nodeFlags = ["--max-semi-space-size=32"];
const nobody = () => {};
const never = new Promise(nobody);

/**
 * Keeps long-running programs alive: each is started with an IPC channel, says `{ ready: true }`, and is started
 * again with a growing pause when it ends unasked.
 * @param {{ logs?: string, changed(children: { pid: number, start: string }[]): void }} options
 */
export function keeper({ logs, changed }) {
  const kept = [];
  let stopping = false;
  const live = () =>
    kept.filter((one) => one.process && one.process.exitCode === null && one.process.signalCode === null);
  const report = () => changed(live().map((one) => ({ pid: one.process.pid, start: one.start })));

  /**
   * Starts a program; resolves to its first ready message, rejects when it ends before. One that sends none is asked
   * with `isReady` until it is. One with a `gate` loads at once and waits for the word to begin, which it is sent when
   * the gate resolves.
   */
  async function start(name, args, env, { isReady, gate } = {}) {
    if (stopping) return never;
    const own = gate ? { ...env, COUNTERSIGN_START: "on_word" } : env;
    const one = { name, args, env: own, gate, log: openLog(logs, name), failures: 0 };
    kept.push(one);
    const ready = new Promise((resolve, reject) => {
      launch(one, resolve, reject);
      if (isReady) void poll(isReady).then(resolve);
    });
    const message = await Promise.race([ready, tooLate(one)]);
    return stopping ? never : message;
  }

  async function poll(isReady) {
    while (!stopping && !(await isReady())) await sleep(200);
  }

  /** Runs a program that does its work and ends. */
  async function runOnce(name, args, env) {
    if (stopping) return never;
    const one = { name, log: openLog(logs, name), retired: true };
    one.process = spawnProgram({ args, env, log: one.log });
    kept.push(one);
    const code = await new Promise((resolve, reject) => {
      one.process.once("error", reject);
      one.process.once("close", (status, signal) => resolve(status === null ? signal : status));
    });
    kept.splice(kept.indexOf(one), 1);
    if (stopping) return never;
    if (code !== 0) throw new Failure(`${name} ended with ${code}.${endOf(one.log)}`);
  }

  function launch(one, ready, failed) {
    const began = Date.now();
    one.process = spawnProgram(one);
    one.start = startOf(one.process.pid);
    report();
    const { process: child } = one;
    one.gate?.then(() => child.connected && child.send({ begin: true }), nobody);
    one.process.on("message", (message) => {
      if (message && message.ready === true) ready(message);
    });
    one.process.once("error", (error) => failed(error));
    one.process.once("exit", (code, signal) => {
      if (stopping || one.retired) return;
      const how = signal ? `was ended by ${signal}` : `ended with ${code}`;
      failed(new Failure(`${one.name} ${how} before it was ready.${endOf(one.log)}`));
      again(one, how, Date.now() - began);
    });
  }

  function again(one, how, lasted) {
    one.failures = lasted > steadyAfter ? 0 : one.failures + 1;
    const pause = Math.min(longestPause, 250 * 2 ** one.failures);
    process.stderr.write(
      `${one.name} ${how}; starting it again in ${pause / 1000} s${one.log.file ? ` (its log: ${one.log.file})` : ""}\n`,
    );
    setTimeout(() => {
      if (!stopping && !one.retired) launch(one, nobody, nobody);
    }, pause).unref();
  }

  /** Ends a program and starts it again, for a changed bundle. */
  async function restart(name) {
    const one = kept.find((each) => each.name === name);
    if (!one || stopping) return;
    one.retired = true;
    await endProcess(one.process);
    one.retired = false;
    launch(one, nobody, nobody);
  }

  /** Ends every program, the last started first. */
  async function stopAll() {
    stopping = true;
    for (const one of kept.toReversed()) await endProcess(one.process);
  }

  return { start, restart, runOnce, stopAll };
}

async function tooLate(one) {
  await sleep(longestStart, undefined, { ref: false });
  throw new Failure(`${one.name} did not become ready within ${longestStart / 1000} s.${endOf(one.log)}`);
}

const endOf = (log) => (log.file ? `\n${log.tail()}\nIts log: ${log.file}` : "");

/** In a process group of its own, so that Ctrl-C reaches only the keeper, which ends its programs in order. */
function spawnProgram({ args, env, log }) {
  const child = spawn(process.execPath, [...nodeFlags, ...args], {
    cwd: root,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  log.follow(child.stdout, process.stdout);
  log.follow(child.stderr, process.stderr);
  return child;
}

async function endProcess(child) {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const late = await Promise.race([gone.then(() => false), sleep(patience, true, { ref: false })]);
  if (!late) return;
  child.kill("SIGKILL");
  await gone;
}
