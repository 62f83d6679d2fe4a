import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Database } from "@/db/client";
import { aRefundDesk, anOrg, type TestOrg } from "@/db/testing-fixtures";
import { getReconciliation } from "./list-reconciliations";
import { reconcileConnector } from "./reconcile-connector";
import { settleExecutions } from "./settle-executions";
import { startReconciliation } from "./start-reconciliation";
import { claimSome, executionRow, resultOf, somePending } from "./testing";

type Item = { id: string; amount: number; created: number; metadata: { action_key?: string } };
/** What a target's ledger holds, newest first, by the path it is asked under; and the answers it gives before. */
const books = new Map<string, Item[]>();
export const refusals: (number | null)[] = [];
const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://x");
  const say = (status: number, body: object) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  const refused = refusals.shift() ?? null;
  if (refused !== null) return say(refused, { error: "no" });
  const all = books.get(url.pathname.split("/")[1] ?? "") ?? [];
  const key = url.searchParams.get("metadata[action_key]");
  if (key !== null) return say(200, { data: all.filter((item) => item.metadata.action_key === key) });
  const after = url.searchParams.get("starting_after");
  const from = after === null ? 0 : all.findIndex((item) => item.id === after) + 1;
  return say(200, { data: all.slice(from, from + 2), has_more: all.length > from + 2 });
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
// It serves every test file of this worker, and keeps nothing alive.
server.unref();
const { port } = server.address() as AddressInfo;

export const ledger = {
  path: "/v1/refunds?limit=2",
  time_format: "unix",
  items_pointer: "/data",
  key_pointer: "/metadata/action_key",
  reference_pointer: "/id",
  amount_pointer: "/amount",
  time_pointer: "/created",
  next: { by: "last_item", parameter: "starting_after", pointer: "/id", has_more_pointer: "/has_more" },
};
let refunds = 0;

export async function aLedgerDesk(db: Database, { lookup = true }: { lookup?: boolean } = {}) {
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = `127.0.0.1:${port}`;
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { baseUrl: `http://127.0.0.1:${port}/${org.orgId}` });
  await db.execute(sql`update connector_actions set config = config || ${JSON.stringify({ ledger })}::jsonb
    where id = ${desk.action}`);
  if (!lookup) {
    await db.execute(
      sql`update connector_actions set config = config || '{"lookup": null}' where id = ${desk.action}`,
    );
  }
  const items: Item[] = [];
  books.set(org.orgId, items);
  const post = (key: string | undefined, more: Partial<Item> = {}) =>
    items.unshift({
      id: `re_${(refunds += 1)}`,
      amount: 1800,
      created: Math.floor(Date.now() / 1000),
      metadata: key === undefined ? {} : { action_key: key },
      ...more,
    });
  return { org, desk, post };
}

/** Executions that were sent and answered so, with their keys. */
export async function sent(
  db: Database,
  { org, desk }: { org: TestOrg; desk: Awaited<ReturnType<typeof aRefundDesk>> },
  answers: (number | "no_answer")[],
) {
  const ids = await somePending(db, org, desk, answers.length);
  const { sends } = await claimSome(org);
  const results = sends.map((claimed) => {
    const answer = answers[ids.indexOf(claimed.executionId)] ?? 200;
    return { ...resultOf(claimed, answer), nextInMs: 600_000 };
  });
  await settleExecutions(org.system, results);
  return Promise.all(ids.map(async (id) => ({ id, key: (await executionRow(db, id)).actionKey })));
}

export async function reconcile(org: TestOrg, connector: string, more: { from?: string; to?: string } = {}) {
  const { id } = await startReconciliation(org.reviewer, { connector, ...more });
  expect(await reconcileConnector(org.system)).toBe(1);
  return getReconciliation(org.auditor, { id });
}
