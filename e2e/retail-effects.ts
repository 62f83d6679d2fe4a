import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { HttpAction } from "@/lib/apps/action-config";
import { HttpConnector } from "@/lib/apps/connector-config";
import type { JsonObject } from "@/lib/kernel/json";
import { apiKey, askRetail } from "@/systems/retail/testing";

export type RetailAction = { type: string; arguments: JsonObject };
type Changes = Record<string, Record<string, { before: unknown; after: unknown }>>;
type Step = { action: RetailAction; response_is_error: boolean; changes: Changes };
export type RetailTask = { task_id: string; steps: Step[] };
export type MustRefuse = { decision_id: string; action: RetailAction; error: string };
type Tool = { function: { name: string; parameters: JsonObject } };
type State = Record<string, Record<string, unknown>>;

/** How an action ended on the platform: the execution's status, and the sentence it shows. */
export type Ended = { status: string; error: string | null };
/** Carries one action out through the platform: submitted, approved by a person, executed by a worker. */
export type CarryOut = (action: RetailAction) => Promise<Ended>;

/** The folder of the retail system's records and expectations beside the checkout; undefined where it is absent. */
export function retailFolder(): string | undefined {
  const folder = path.resolve("..", "shared", "data", "retail-system");
  return existsSync(path.join(folder, "expected_effects.jsonl")) ? folder : undefined;
}

const linesOf = <T>(folder: string, name: string) =>
  readFileSync(path.join(folder, name), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as T); // the published format of the file

export const expectedTasks = (folder: string) => linesOf<RetailTask>(folder, "expected_effects.jsonl");
export const mustRefuse = (folder: string) => linesOf<MustRefuse>(folder, "must_refuse.jsonl");

/** The shop as a connector of class B. */
export function retailConnector(baseUrl: string) {
  const config = HttpConnector.parse({
    base_url: baseUrl,
    auth: "bearer",
    timeout_ms: 5000,
    settle_delay_ms: 300,
  });
  return { key: "retail", name: "Retail", kind: "http", class: "B", config, secret: apiKey } as const;
}

/** The tools that change something, each as an action of the connector and a decision type with the tool's schema. */
export function retailActions(folder: string) {
  const tools = JSON.parse(readFileSync(path.join(folder, "tools.json"), "utf8")) as Tool[]; // the published format
  const writes = tools.filter(({ function: { name } }) => /^(cancel|exchange|modify|return)_/.test(name));
  return writes.map(({ function: { name, parameters } }) => ({
    name,
    action: { key: name.replaceAll("_", "-"), name: name.replaceAll("_", " "), config: actionOf(name) },
    type: {
      key: name,
      name: name.replaceAll("_", " "),
      arguments_schema: { ...parameters, additionalProperties: false },
      reversibility: "irreversible" as const,
    },
  }));
}

function actionOf(name: string): HttpAction {
  return HttpAction.parse({
    method: "POST",
    path: `/actions/${name}`,
    body: { $arg: "" },
    key_header: "X-Reference",
    success_schema: {
      type: "object",
      required: ["id", "object", "action"],
      properties: { object: { const: "effect" }, action: { const: name } },
    },
    refusal_statuses: [400, 404, 422],
    lookup: { path: "/effects?reference={key}", found_pointer: "/data", reference_pointer: "/data/0/id" },
  });
}

/** Every order and user of a shop, by `orders/<id>` and `users/<id>`. */
async function stateOf(url: string): Promise<State> {
  const state: State = {};
  for (const kind of ["orders", "users"]) {
    for (let after = "", more = true; more;) {
      const { body } = await askRetail(url, `/${kind}?limit=1000${after}`);
      const data = body.data as { id: string; record: Record<string, unknown> }[]; // the shop's list
      for (const { id, record } of data) state[`${kind}/${id}`] = record;
      after = `&starting_after=${encodeURIComponent(data.at(-1)?.id ?? "")}`;
      more = body.has_more === true;
    }
  }
  return state;
}

/** Each field of each record that differs; a field that is not there is null. Records without a difference are left out. */
function changesBetween(before: State, after: State): Changes {
  const changes: Changes = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[name] ?? {}, after[name] ?? {}];
    const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
      (field) => !isDeepStrictEqual(old[field], now[field]),
    );
    if (fields.length === 0) continue;
    changes[name] = Object.fromEntries(
      fields.map((field) => [field, { before: old[field] ?? null, after: now[field] ?? null }] as const),
    );
  }
  return changes;
}

/**
 * What a step of a task should change. Where a later step changes the same field again the file's `after` is the
 * task's last value; what this step leaves is then the later step's `before`.
 */
function changesDue({ steps }: RetailTask, at: number): Changes {
  const due = structuredClone(steps[at]?.changes ?? {});
  for (const [record, fields] of Object.entries(due)) {
    for (const [field, change] of Object.entries(fields)) {
      const later = steps.slice(at + 1).find(({ changes }) => changes[record]?.[field]);
      if (later) change.after = later.changes[record]?.[field]?.before ?? null;
    }
  }
  return due;
}

/** The records a shop starts from, in the folder it was given. */
function stateIn(dataDir: string): State {
  const state: State = {};
  for (const kind of ["orders", "users"]) {
    const text = readFileSync(path.join(dataDir, `${kind}.json`), "utf8");
    const records = JSON.parse(text) as State; // the published format: records by id
    for (const [id, record] of Object.entries(records)) state[`${kind}/${id}`] = record;
  }
  return state;
}

type Shop = { url: string; dataDir: string };
export type Outcome = { name: string; wrong: string[] };

/** One expected task on a shop of its own: what each step changed, against what it should have. */
export async function tryTask(task: RetailTask, shop: Shop, carryOut: CarryOut): Promise<Outcome> {
  const wrong: string[] = [];
  let before = stateIn(shop.dataDir);
  for (const [at, { action, response_is_error }] of task.steps.entries()) {
    const ended = await carryOut(action);
    const after = await stateOf(shop.url);
    const made = changesBetween(before, after);
    const due = response_is_error ? "failed" : "succeeded";
    if (ended.status !== due) wrong.push(`${action.type} ended ${ended.status}: ${ended.error}`);
    if (!isDeepStrictEqual(made, changesDue(task, at)))
      wrong.push(`${action.type} changed ${JSON.stringify(made)}`);
    before = after;
  }
  return { name: task.task_id, wrong };
}

/** One call the shop must refuse: it ends failed with the shop's own sentence, and nothing has changed. */
export async function tryRefusal(call: MustRefuse, shop: Shop, carryOut: CarryOut): Promise<Outcome> {
  const before = stateIn(shop.dataDir);
  const { status, error } = await carryOut(call.action);
  const wrong: string[] = [];
  if (status !== "failed") wrong.push(`ended ${status}: ${error}`);
  if (!error?.endsWith(call.error)) wrong.push(`said "${error}", not "${call.error}"`);
  const made = changesBetween(before, await stateOf(shop.url));
  if (Object.keys(made).length > 0) wrong.push(`changed ${JSON.stringify(made)}`);
  return { name: call.decision_id, wrong };
}
