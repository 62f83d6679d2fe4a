import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { closeConnectors } from "./connectors/connector-of";
import { executionRunner } from "./run-executions";
import { executionRow, letTimePass, somePending } from "./testing";

const { db } = await testDatabase();
afterAll(closeConnectors);

/** A port where nobody listens. */
async function nobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

test("a system that cannot be reached is tried later each time, and no try counts as a send", async () => {
  const host = await nobody();
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = host;
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { baseUrl: `http://${host}` });
  const [id = ""] = await somePending(db, org, desk);
  const runner = executionRunner({ workerId: "worker:test" });
  const waited: number[] = [];
  for (let tries = 1; tries <= 11; tries++) {
    await runner.run(org.system);
    await runner.drain();
    const row = await executionRow(db, id);
    expect(row).toMatchObject({ status: "pending", attempt: 0, firstSentAt: null });
    waited.push((row.nextAt.getTime() - row.updatedAt.getTime()) / 1000);
    await letTimePass(db, org);
  }
  expect(waited[0]).toBeLessThanOrEqual(2);
  expect(waited[5]).toBeGreaterThanOrEqual(16);
  expect(waited[10]).toBeGreaterThanOrEqual(256);
  expect(Math.max(...waited)).toBeLessThanOrEqual(300);
});
