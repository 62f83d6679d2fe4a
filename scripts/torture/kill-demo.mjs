// `npm run torture:kill`: kills the whole of `npm start` with SIGKILL in the middle of the demo, 20 times, and then
// asks the API and the billing system's own ledger whether an acknowledged decision was lost or a refund repeated.
import { ensureRuntime } from "../lib/runtime.mjs";

await ensureRuntime();
const { mkdtempSync, readFileSync, rmSync } = await import("node:fs");
const { tmpdir } = await import("node:os");
const { default: path } = await import("node:path");
const { prepare } = await import("../lib/prepare.mjs");
const { randomFrom } = await import("./random.mjs");
const { startStack } = await import("./stack.mjs");
const { api, ledgerOf, submitUntil } = await import("./writers.mjs");

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return Number(at < 0 ? fallback : process.argv[at + 1]);
};
const kills = option("kills", 20);
const port = option("port", process.env.PORT ?? 3900);
const seed = option("seed", 20_261_122);
const settleMs = 120_000;
const dataDir = process.env.COUNTERSIGN_TORTURE_DIR ?? mkdtempSync(path.join(tmpdir(), "countersign-kill-"));
const billingKey = "torture-billing-key";

const acknowledged = new Map();
const unanswered = new Set();
const draw = randomFrom(seed);
const began = Date.now();

await prepare("build");
for (let round = 1; round <= kills; round += 1) {
  const stack = await startStack({ dataDir, port, billingKey });
  const [demo, invoices] = await ready(stack);
  const killAt = 300 + Math.floor(draw() * 1500);
  const victim = victimOf(draw());
  const before = acknowledged.size;
  const submitting = submitUntil({
    demo,
    invoices,
    round,
    acknowledged,
    unanswered,
    isOver: () => stack.isDead,
  });
  await new Promise((resolve) => setTimeout(resolve, killAt));
  await stack.kill(victim);
  await submitting;
  process.stdout.write(
    `kill ${round}/${kills} (${victim}, after ${killAt} ms): ${acknowledged.size - before} acknowledged\n`,
  );
}

const stack = await startStack({ dataDir, port, billingKey });
let failed;
try {
  const [demo] = await ready(stack);
  failed = await judge(demo);
} finally {
  await stack.stop();
}
if (!failed && !process.env.COUNTERSIGN_TORTURE_DIR) rmSync(dataDir, { recursive: true, force: true });
process.exit(failed ? 1 : 0);

/** Who is killed: the supervisor alone (its programs follow), every program, or every program and the database. */
function victimOf(drawn) {
  if (drawn < 0.4) return "supervisor";
  return drawn < 0.7 ? "programs" : "programs and database";
}

function byNumber(a, b) {
  return a.number.localeCompare(b.number);
}

/** The demo's file, once the API answers its key, and invoices of some size. */
async function ready(stack) {
  const demo = await stack.until(async () => {
    const file = JSON.parse(readFileSync(path.join(dataDir, "demo.json"), "utf8"));
    const key = file.apiKeys.find(({ app }) => app === "refund-desk").key;
    const found = { ...file, key, billingKey };
    await api(found, "GET", "/api/v1/decisions?limit=1");
    return found;
  });
  const invoices = await stack.until(() => ledgerOf(demo, "invoices"));
  // What was paid never changes, so every round chooses from the same invoices in the same order. The desk's cap is in
  // euros: other currencies go to a person.
  const large = invoices.filter(
    ({ amount_paid, currency }) => amount_paid > 10_000 && /^eur$/i.test(currency),
  );
  return [demo, large.toSorted(byNumber)];
}

/** What the stack remembers against what it acknowledged, and what billing did against what was decided. */
async function judge(demo) {
  const deadline = Date.now() + settleMs;
  const lost = [];
  const states = {};
  const decisions = new Map();
  for (const [key, id] of acknowledged) {
    const decision = await settledDecision(demo, id, deadline);
    if (!decision || decision.external_id !== key) lost.push(id);
    else decisions.set(id, decision);
    const state = decision?.execution?.status ?? decision?.status ?? "lost";
    states[state] = (states[state] ?? 0) + 1;
  }
  const moved = await changedIds(demo);
  const refunds = new Map();
  for (const refund of await ledgerOf(demo, "refunds")) {
    const key = refund.metadata.action_key;
    if (key) refunds.set(key, (refunds.get(key) ?? 0) + 1);
  }
  const doubled = [...refunds].filter(([, times]) => times > 1).map(([key]) => key);
  const wrong = [...decisions.values()].filter((decision) => {
    const times = refunds.get(`exec_${decision.id}`) ?? 0;
    return (decision.execution?.status === "succeeded") !== (times === 1);
  });
  const stuck = (states.pending ?? 0) + (states.in_flight ?? 0) + (states.unknown ?? 0);
  const report = {
    kills,
    acknowledged: acknowledged.size,
    lost: lost.length,
    key_moved: moved,
    refunds: refunds.size,
    doubled: doubled.length,
    ledger_disagrees: wrong.length,
    stuck,
    states,
    seed,
    seconds: Math.round((Date.now() - began) / 1000),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  const isGood = lost.length + doubled.length + wrong.length + stuck + moved === 0;
  if (!isGood)
    process.stderr.write(`${JSON.stringify({ lost, doubled, wrong }).slice(0, 4000)}\nKept: ${dataDir}\n`);
  return !isGood || acknowledged.size === 0;
}

async function settledDecision(demo, id, deadline) {
  for (;;) {
    const decision = await api(demo, "GET", `/api/v1/decisions/${id}`).catch((error) => {
      if (error.status === 404) return undefined;
      throw error;
    });
    const open = ["pending", "in_flight", "unknown"].includes(decision?.execution?.status);
    if (!open || Date.now() > deadline) return decision;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Submits again what got no answer, and a sample of what did: a key must still name the decision it named. */
async function changedIds(demo) {
  let changed = 0;
  const sample = [...acknowledged].filter((_, at) => at % 10 === 0);
  for (const [key, id] of sample) {
    const again = await api(demo, "GET", `/api/v1/decisions?external_id=${key}`);
    if (again.data.length !== 1 || again.data[0].id !== id) changed += 1;
  }
  for (const key of unanswered) {
    const kept = await api(demo, "GET", `/api/v1/decisions?external_id=${key}`);
    if (kept.data.length > 1) changed += 1;
  }
  return changed;
}
