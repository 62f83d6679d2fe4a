// `npm run certify -- --url http://localhost:3000 --token … <connector> <action> --arguments file.json [--bad file.json]
// [--yes]`: has the target prove what its connector claims, and prints what it saw. The target is really called.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { readFileSync } = await import("node:fs");
const { createInterface } = await import("node:readline/promises");
const { setTimeout: sleep } = await import("node:timers/promises");
const { parseArgs } = await import("node:util");
const { exitWith, Failure } = await import("./lib/failure.mjs");

const usage =
  "npm run certify -- --url http://localhost:3000 --token <an admin's token> <connector> <action> --arguments good.json [--bad bad.json] [--yes]";
const longestWaitMs = 300_000;

try {
  const asked = readOptions(process.argv.slice(2));
  if (!asked.yes && !(await isConfirmed(asked))) throw new Failure("Nothing was asked.");
  const run = await untilEnded(asked, await start(asked));
  print(run);
  if (run.status !== "passed") process.exitCode = 1;
} catch (error) {
  exitWith(error);
}

function readOptions(args) {
  const text = { type: "string" };
  const options = { url: text, token: text, arguments: text, bad: text, yes: { type: "boolean" } };
  const { values, positionals } = parsed(args, options);
  const [connector, action] = positionals;
  const token = values.token ?? process.env.COUNTERSIGN_TOKEN;
  if (!connector || !action || !token || !values.arguments) throw new Failure(`Give all of it: ${usage}`);
  const url = (values.url ?? "http://localhost:3000").replace(/\/+$/, "");
  const body = { connector, action, arguments: readJson(values.arguments) };
  if (values.bad) body.bad_arguments = readJson(values.bad);
  return { url, token, body, yes: values.yes };
}

function parsed(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Failure(`${error.message}\n${usage}`);
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure(`${file} cannot be read as JSON: ${error.message}`);
  }
}

async function isConfirmed({ body }) {
  process.stdout.write(
    `${body.connector} is really called: ${body.action} is carried out with ${JSON.stringify(body.arguments)}.\nThis is meant for a sandbox.\n`,
  );
  if (!process.stdin.isTTY) throw new Failure("Nobody is here to confirm it: add --yes.");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("Call it now? (yes/no) ");
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function call({ url, token }, path, init = {}) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(`${url}/api/v1${path}`, { ...init, headers }).catch((error) => {
    throw new Failure(`${url} does not answer: ${error.cause?.message ?? error.message}`);
  });
  const answer = await response.json().catch(() => null);
  if (answer === null) throw new Failure(`${url} answered ${response.status}, and not as Countersign does.`);
  if (response.ok) return answer;
  const where = (answer.errors ?? []).map(({ pointer, message }) => `\n  ${pointer} ${message}`).join("");
  throw new Failure(`${answer.title ?? response.status}: ${answer.detail ?? ""}${where}`);
}

function start(asked) {
  return call(asked, "/certifications", { method: "POST", body: JSON.stringify(asked.body) });
}

async function untilEnded(asked, run) {
  const deadline = Date.now() + longestWaitMs;
  let latest = run;
  while (latest.status === "running") {
    if (Date.now() > deadline) throw new Failure(`${run.id} is still running: is a worker there?`);
    await sleep(500);
    latest = await call(asked, `/certifications/${run.id}`);
  }
  return latest;
}

function print({ connector, action, class: connectorClass, connector_version, status, checks, id }) {
  const rows = checks.map(({ check, outcome, sentence }) => [check, outcome, sentence ?? ""]);
  const width = (at) => Math.max(...rows.map((row) => row[at].length));
  process.stdout.write(`\n${connector} ${action}: class ${connectorClass}, version ${connector_version}\n\n`);
  for (const [check, outcome, sentence] of rows) {
    // A target's words may hold anything: control characters stay out of the terminal.
    const plain = sentence.replaceAll(/\p{Cc}/gu, " ");
    process.stdout.write(`${check.padEnd(width(0))}  ${outcome.padEnd(width(1))}  ${plain}\n`);
  }
  process.stdout.write(`\n${status} (${id})\n`);
}
