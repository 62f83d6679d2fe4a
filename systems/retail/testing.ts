import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const apiKey = "retail-test-key";

/** The program as one file, inside the project so that it finds its packages. */
export async function bundleRetail() {
  const folder = fileURLToPath(
    new URL(`../../node_modules/.cache/retail-${process.pid}-${Date.now()}/`, import.meta.url),
  );
  const file = path.join(folder, "retail.mjs");
  const entry = fileURLToPath(new URL("./cli.ts", import.meta.url));
  const options = { bundle: true, platform: "node", format: "esm", packages: "external" } as const;
  await build({ ...options, entryPoints: [entry], outfile: file });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The shop as a process of its own, with a fresh store unless one is named. */
export async function forkRetail(
  bundle: string,
  { dataDir, storeDir, port = 0 }: { dataDir: string; storeDir?: string; port?: number },
) {
  const own = storeDir ?? (await mkdtemp(path.join(tmpdir(), "retail-store-")));
  const child = fork(bundle, ["--data", dataDir, "--store", own, "--port", String(port)], {
    env: {
      ...process.env,
      RETAIL_API_KEY: apiKey,
      NODE_COMPILE_CACHE: path.join(path.dirname(bundle), "v8"),
    },
    execArgv: [],
  });
  const [message] = await once(child, "message");
  const { url } = message as { url: string }; // what the program sends when it serves
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
    if (!storeDir) await rm(own, { recursive: true, force: true });
  };
  return { url, dataDir, storeDir: own, stop };
}

/** One request to a shop. */
export async function askRetail(
  url: string,
  at: string,
  body?: object,
  headers: Record<string, string> = { authorization: `Bearer ${apiKey}` },
) {
  const response = await fetch(url + at, {
    method: body ? "POST" : "GET",
    headers,
    body: body && JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }; // always an object
}

/** A shop of three orders, invented here. */
export async function aShopFolder() {
  const dataDir = await mkdtemp(path.join(tmpdir(), "retail-data-"));
  const address = {
    address1: "1 Quay",
    address2: "",
    city: "Bergen",
    state: "VL",
    country: "NO",
    zip: "5003",
  };
  const item = (id: string, price: number) => ({
    name: "Lamp",
    product_id: "p1",
    item_id: id,
    price,
    options: { colour: id },
  });
  const paid = (amount: number, method: string) => [
    { transaction_type: "payment", amount, payment_method_id: method },
  ];
  const order = (id: string, status: string, more: object) => ({
    order_id: id,
    user_id: "ada_1",
    status,
    address,
    ...more,
  });
  const variant = (id: string, price: number, available: boolean) => ({
    item_id: id,
    price,
    available,
    options: { colour: id },
  });
  const files = {
    orders: {
      "#P1": order("#P1", "pending", {
        items: [item("i1", 10.1), item("i1", 10.1)],
        payment_history: paid(20.2, "gift_card_1"),
      }),
      "#P2": order("#P2", "pending", { items: [item("i1", 10.1)], payment_history: paid(10.1, "paypal_1") }),
      "#D1": order("#D1", "delivered", {
        items: [item("i1", 10.1), item("i2", 12.3)],
        payment_history: paid(22.4, "paypal_1"),
      }),
    },
    users: {
      ada_1: {
        email: "ada@example.test",
        address,
        payment_methods: {
          gift_card_1: { source: "gift_card", id: "gift_card_1", balance: 5 },
          paypal_1: { source: "paypal", id: "paypal_1" },
          credit_card_1: { source: "credit_card", id: "credit_card_1" },
        },
      },
    },
    products: {
      p1: {
        name: "Lamp",
        product_id: "p1",
        variants: {
          i1: variant("i1", 10.1, true),
          i2: variant("i2", 12.3, true),
          i3: variant("i3", 99, true),
          i4: variant("i4", 11, false),
        },
      },
    },
  };
  for (const [name, value] of Object.entries(files)) {
    await writeFile(path.join(dataDir, `${name}.json`), JSON.stringify(value));
  }
  return { dataDir, remove: () => rm(dataDir, { recursive: true, force: true }) };
}
