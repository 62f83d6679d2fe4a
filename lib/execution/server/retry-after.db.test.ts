import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { rowsOf } from "@/lib/server/rows";
import { closeConnectors } from "./connectors/connector-of";
import { executionRunner } from "./run-executions";
import { claimSome, executionRow, somePending } from "./testing";

const { db } = await testDatabase();
let answer: { status: number; headers: Record<string, string> } = { status: 500, headers: {} };
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers }).end("{}");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = `127.0.0.1:${port}`;
afterAll(async () => {
  await closeConnectors();
  server.closeAllConnections();
  server.close();
});

const inFiveMinutes = () => new Date(Date.now() + 300_000).toUTCString();

test.each([
  ["429 with seconds", 429, "90", 88, 90.5],
  ["503 with seconds", 503, "30", 28, 30.5],
  ["503 with a date", 503, inFiveMinutes, 295, 301],
  ["a day: an hour is the most", 503, "86400", 3598, 3600.5],
  ["no wait at all: our own back-off", 429, "0", 0, 1.5],
  ["words: our own back-off", 503, "soon", 0, 1.5],
  ["a status that gives it no meaning", 500, "90", 0, 1.5],
])("the next attempt waits as the target asks: %s", async (_what, status, header, least, most) => {
  answer = { status, headers: { "retry-after": typeof header === "string" ? header : header() } };
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { baseUrl: `http://127.0.0.1:${port}` });
  const [id = ""] = await somePending(db, org, desk);
  const runner = executionRunner({ workerId: "worker:test" });
  await runner.run(org.system);
  await runner.drain();
  expect(await executionRow(db, id)).toMatchObject({ status: "unknown", attempt: 1 });
  const [row] = await rowsOf<{ wait: number }>(
    db,
    sql`select extract(epoch from next_at - updated_at)::float8 as wait from executions where id = ${id}`,
  );
  expect(row?.wait).toBeGreaterThanOrEqual(least);
  expect(row?.wait).toBeLessThanOrEqual(most);
  if (least > 2) expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [] });
});
