// npx tsx e2e/retail-effects-run.ts [--demo data/demo.json] [--port 4244]
// The retail tasks through a running installation's API, in the names of the demo's admin and reviewer. It needs
// COUNTERSIGN_ALLOWED_PRIVATE_HOSTS=127.0.0.1:4244. With --url, --admin and --reviewer (personal tokens) it runs
// against any other installation.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { bundleRetail, forkRetail } from "@/systems/retail/testing";
import { apiCall, type Credential } from "./api-call";
import { signInOverHttp } from "./sign-in-over-http";
import {
  expectedTasks,
  mustRefuse,
  retailActions,
  retailConnector,
  retailFolder,
  tryRefusal,
  tryTask,
  type CarryOut,
  type Outcome,
} from "./retail-effects";

const { values } = parseArgs({
  options: {
    demo: { type: "string", default: "data/demo.json" },
    url: { type: "string" },
    admin: { type: "string" },
    reviewer: { type: "string" },
    port: { type: "string", default: "4244" },
  },
});
const { port } = values;
const { url, admin, reviewer } = await people();
const settled = new Set(["succeeded", "failed", "dead", "cancelled"]);

type Demo = { url: string; users: { role: string; email: string; password: string }[] };

async function people(): Promise<{ url: string; admin: Credential; reviewer: Credential }> {
  if (values.url && values.admin && values.reviewer)
    return { url: values.url, admin: { token: values.admin }, reviewer: { token: values.reviewer } };
  const demo = JSON.parse(readFileSync(values.demo, "utf8")) as Demo; // what `npm start` writes
  const signIn = async (role: string) => {
    const person = demo.users.find((user) => user.role === role);
    if (!person) throw new Error(`${values.demo} has no ${role}`);
    return signInOverHttp(demo.url, person);
  };
  return { url: demo.url, admin: await signIn("admin"), reviewer: await signIn("reviewer") };
}

/** The shop's connector, its actions and types, and an app's key, under names of this run's own. */
async function prepare(folder: string, mark: string) {
  const call = apiCall(url, admin);
  const door = retailConnector(`http://127.0.0.1:${port}`);
  const connector = await call("POST", "/connectors", { ...door, key: `retail-${mark}` });
  const tools = retailActions(folder);
  for (const { action, type } of tools) {
    const made = await call("POST", `/connectors/${connector.id}/actions`, action);
    await call("POST", "/decision_types", { ...type, key: `${type.key}.r${mark}`, action_id: made.id });
  }
  const app = await call("POST", "/apps", { key: `retail-agent-${mark}`, name: "Retail agent" });
  const scopes = ["decisions:write"];
  return (await call("POST", "/api_keys", { app_id: app.id, name: "retail", scopes, expires_in_days: 1 }))
    .key;
}

function throughTheApi(key: string, mark: string): CarryOut {
  const submit = apiCall(url, { token: key });
  const rule = apiCall(url, reviewer);
  return async ({ type, arguments: args }) => {
    const external_id = crypto.randomUUID();
    const body = { type: `${type}.r${mark}`, external_id, input: {}, proposal: { arguments: args } };
    const answer = await submit("POST", "/decisions", body);
    const { review } = answer as typeof answer & { review: { id: string } | null }; // it is always reviewed
    await rule("POST", `/reviews/${review?.id}/verdict`, { verdict: "approve" });
    for (let tries = 0; tries < 600; tries += 1) {
      const { data } = await rule("GET", `/executions?decision_id=${answer.id}`);
      const [execution] = (data ?? []) as { status: string; error: string | null }[]; // a list of the API
      if (execution && settled.has(execution.status)) return execution;
      await sleep(50);
    }
    return { status: "still open", error: null };
  };
}

async function run(folder: string): Promise<Outcome[]> {
  const bundle = await bundleRetail();
  const mark = Date.now().toString(36);
  const carryOut = throughTheApi(await prepare(folder, mark), mark);
  const outcomes: Outcome[] = [];
  const onItsOwnShop = async (
    attempt: (shop: Awaited<ReturnType<typeof forkRetail>>) => Promise<Outcome>,
  ) => {
    const shop = await forkRetail(bundle.file, { dataDir: folder, port: Number(port) });
    outcomes.push(await attempt(shop));
    await shop.stop("SIGKILL");
  };
  for (const task of expectedTasks(folder)) await onItsOwnShop((shop) => tryTask(task, shop, carryOut));
  for (const call of mustRefuse(folder)) await onItsOwnShop((shop) => tryRefusal(call, shop, carryOut));
  await bundle.remove();
  return outcomes;
}

const folder = retailFolder();
if (!folder) {
  process.stdout.write(
    "Skipped: the retail system's records are not beside this checkout (../shared/data)\n",
  );
} else {
  const outcomes = await run(folder);
  const wrong = outcomes.filter((outcome) => outcome.wrong.length > 0);
  for (const { name, wrong: reasons } of wrong) process.stdout.write(`${name}: ${reasons.join("; ")}\n`);
  process.stdout.write(
    `${outcomes.length - wrong.length} of ${outcomes.length} tasks and refusals as expected\n`,
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
