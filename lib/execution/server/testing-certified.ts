import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import type { StoredActionConfig } from "@/lib/apps/action-config";
import type { ConnectorClass } from "@/lib/apps/schema";

/** A target with faults of its own: whether it dedupes, what it forgets, and what it answers to a bad amount. */
const honest = {
  dedupes: true,
  forgets: false,
  finds: "own" as "own" | "all",
  badStatus: 422,
  goodStatus: 200,
};

/** A system to certify, with a ledger of its own; a test may hold its answers back with `hold`. */
export async function aCertifiedTarget() {
  const target = {
    ...honest,
    effects: [] as { id: string; key: string }[],
    /** Awaited before an act is answered. */
    hold: (): Promise<void> => Promise.resolve(),
    url: "",
    /** Every fault mended, everything forgotten. */
    reset() {
      Object.assign(target, honest, { effects: [], hold: () => Promise.resolve() });
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  const server = createServer((request, response) => {
    const say = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const at = new URL(request.url ?? "/", "http://target");
    const key = String(request.headers["idempotency-key"] ?? at.searchParams.get("key"));
    if (at.pathname.startsWith("/state")) return say(200, { balance: 7 });
    if (request.method === "GET") {
      const isFound = (effect: { key: string }) => target.finds === "all" || effect.key === key;
      return say(200, { data: target.forgets ? [] : target.effects.filter(isFound) });
    }
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (body.includes('"amount":-1'))
        return say(target.badStatus, { error: { message: "amount is negative" } });
      if (target.goodStatus !== 200) return say(target.goodStatus, { error: { message: "no" } });
      const known = target.dedupes ? target.effects.find((effect) => effect.key === key) : undefined;
      const effect = known ?? { id: `re_${target.effects.length + 1}`, key };
      if (!known) target.effects.push(effect);
      void target.hold().then(() => say(200, { id: effect.id, status: "succeeded" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  target.url = `http://127.0.0.1:${port}`;
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = `127.0.0.1:${port}`;
  return target;
}
export type CertifiedTarget = Awaited<ReturnType<typeof aCertifiedTarget>>;

export const lookup = {
  path: "/effects?key={key}",
  found_pointer: "/data",
  reference_pointer: "/data/0/id",
};
export const good = { invoice: "INV-1", amount: 5, currency: "EUR" };
export const bad = { ...good, amount: -1 };

/** A refund desk whose connector leads to the target. */
export async function aCertifiedDesk(
  db: Database,
  target: CertifiedTarget,
  connectorClass: ConnectorClass,
  more: Partial<StoredActionConfig> = {},
) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { connectorClass, baseUrl: target.url });
  const [row] = await db
    .select()
    .from(schema.connectorActions)
    .where(eq(schema.connectorActions.id, desk.action));
  const config = { ...row?.config, lookup, ...more } as StoredActionConfig; // the fixture's, with what the test says
  await db.update(schema.connectorActions).set({ config }).where(eq(schema.connectorActions.id, desk.action));
  return { org, desk };
}
