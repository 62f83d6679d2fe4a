import { createHash, randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { planAction } from "./domain/actions";
import type { Effect, Order, Plan, Product, Shop, User } from "./domain/types";

type Records = { orders: Map<string, Order>; users: Map<string, User>; products: Map<string, Product> };

export type Store = {
  shop: Shop;
  effects: () => readonly Effect[];
  /** Carries an action out; on disk before it returns. Throws a Refusal, and then nothing happened. */
  act: (name: string, given: Record<string, unknown>, reference: string | null) => Effect;
  close: () => void;
};

/**
 * The shop's records: the folder of orders, users and products as given, and what happened since, one JSON line an
 * effect. A line that a crash cut short was never answered, so it is dropped at the next start.
 */
export function openStore(dataDir: string, storeDir: string): Store {
  const { records, digest } = readData(dataDir);
  mkdirSync(storeDir, { recursive: true });
  const file = path.join(storeDir, "effects.jsonl");
  const isNew = !existsSync(file);
  const effects = readEffects(file, digest);
  for (const effect of effects) apply(records, effect);
  const handle = openSync(file, "a", 0o600);
  const append = (line: object) => {
    writeSync(handle, `${JSON.stringify(line)}\n`);
    fsyncSync(handle);
  };
  // Ends a cut line, so that the next entry starts on one of its own.
  if (!isNew && !readFileSync(file, "utf8").endsWith("\n")) writeSync(handle, "\n");
  if (isNew) append({ data: digest });
  return {
    shop: records,
    effects: () => effects,
    act(name, given, reference) {
      const effect = effectOf(records, name, given, reference);
      append(effect);
      apply(records, effect);
      effects.push(effect);
      return effect;
    },
    close: () => closeSync(handle),
  };
}

function effectOf(
  records: Records,
  name: string,
  given: Record<string, unknown>,
  reference: string | null,
): Effect {
  const plan = planAction(records, name, given);
  return {
    id: `eff_${Date.now().toString(36).padStart(9, "0")}${randomBytes(8).toString("hex")}`,
    object: "effect",
    reference,
    action: name,
    arguments: given,
    changes: changesOf(records, plan),
    created: new Date().toISOString(),
  };
}

function changesOf(records: Records, { order, user }: Plan): Effect["changes"] {
  const changes: Effect["changes"] = {};
  if (order) changes[`orders/${order.id}`] = fieldChanges(records.orders.get(order.id), order.set);
  if (user) changes[`users/${user.id}`] = fieldChanges(records.users.get(user.id), user.set);
  return changes;
}

function fieldChanges(before: object | undefined, set: object): Effect["changes"][string] {
  const old: Record<string, unknown> = { ...before };
  const changed = Object.entries(set).filter(([field, value]) => !isDeepStrictEqual(old[field], value));
  return Object.fromEntries(
    changed.map(([field, after]) => [field, { before: old[field] ?? null, after }] as const),
  );
}

function apply(records: Records, { changes }: Effect): void {
  for (const [name, fields] of Object.entries(changes)) {
    const [kind = "", ...rest] = name.split("/");
    const id = rest.join("/");
    const after = Object.fromEntries(Object.entries(fields).map(([field, change]) => [field, change.after]));
    const order = kind === "orders" ? records.orders.get(id) : undefined;
    const user = kind === "users" ? records.users.get(id) : undefined;
    if (order) records.orders.set(id, { ...order, ...after });
    if (user) records.users.set(id, { ...user, ...after });
  }
}

/** The three files, and a digest of them: a store belongs to the data it was made from. */
function readData(dataDir: string): { records: Records; digest: string } {
  const hash = createHash("sha256");
  const read = <T>(name: string): Map<string, T> => {
    const text = readFileSync(path.join(dataDir, name), "utf8");
    hash.update(text);
    return new Map(Object.entries(JSON.parse(text) as Record<string, T>)); // the operator's own files
  };
  const records = {
    orders: read<Order>("orders.json"),
    users: read<User>("users.json"),
    products: read<Product>("products.json"),
  };
  return { records, digest: hash.digest("hex") };
}

function readEffects(file: string, digest: string): Effect[] {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const lines = text.split("\n").flatMap((line) => parseLine(line) ?? []);
  const other = lines.find((line) => "data" in line && line.data !== digest);
  if (other) throw new Error(`${file} holds what happened to other data: give another folder for the store`);
  return lines.flatMap((line) => ("data" in line ? [] : [line]));
}

function parseLine(line: string): Effect | { data: string } | undefined {
  if (line.trim() === "") return undefined;
  try {
    return JSON.parse(line) as Effect | { data: string }; // written by this store
  } catch {
    return undefined; // cut short by a crash
  }
}
