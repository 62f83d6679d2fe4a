import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { connectors } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { closeConnectors } from "./connectors/connector-of";
import { claimSome } from "./testing";
import { aLedger, manyPending, manyWorkers, untilQuiet } from "./testing-load";

const { db, url } = await testDatabase();
afterAll(closeConnectors);

describe("the pace of a connector, with two workers", () => {
  async function paced(set: object, count: number, answerMs: number) {
    const target = await aLedger({ answerMs: () => answerMs });
    const org = await anOrg(db);
    const desk = await aRefundDesk(db, org, { baseUrl: target.baseUrl });
    await db
      .update(connectors)
      .set({ config: sql`config || ${JSON.stringify(set)}::jsonb` })
      .where(eq(connectors.id, desk.connector));
    await manyPending(
      db,
      org,
      desk,
      Array.from({ length: count }, () => ({})),
    );
    return { target, org, desk };
  }

  test("concurrency: never more under way at once than it may have", async () => {
    const { target, org } = await paced({ concurrency: 3 }, 40, 25);
    const workers = manyWorkers(url, org, 2, { capacity: 16 });
    await untilQuiet(db, org);
    await workers.stop();
    target.close();
    expect(target.arrivals).toHaveLength(40);
    expect(target.mostUnderWay()).toBeLessThanOrEqual(3);
    expect(target.mostUnderWay()).toBeGreaterThan(1);
  });

  test("rate: never more in any second than it allows, and not much less", async () => {
    const { target, org } = await paced({ rate_per_second: 20 }, 60, 1);
    const workers = manyWorkers(url, org, 2, { capacity: 16 });
    await untilQuiet(db, org);
    await workers.stop();
    target.close();
    const times = target.arrivals.map((arrival) => arrival.at).toSorted((a, b) => a - b);
    const fullest = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length),
    );
    const took = (times.at(-1) ?? 0) - (times[0] ?? 0);
    process.stdout.write(
      `pace: 60 sends at 20 a second took ${took.toFixed(0)} ms, ${fullest} in the fullest second\n`,
    );
    // The bucket holds a quarter of a second's; arrivals jitter by as much as a slow machine takes.
    expect(fullest).toBeLessThanOrEqual(28);
    expect(took).toBeGreaterThan(2400);
    expect(took).toBeLessThan(6000);
  });

  test("a slow connector does not keep the others waiting", async () => {
    const { target, org } = await paced({ rate_per_second: 0.01 }, 50, 1);
    const other = await aRefundDesk(db, org, { baseUrl: target.baseUrl });
    await manyPending(
      db,
      org,
      other,
      Array.from({ length: 50 }, () => ({})),
    );
    const { sends } = await claimSome(org, { limit: 60 });
    const mine = sends.filter((send) => send.connectorId === other.connector);
    expect([mine.length, sends.length - mine.length]).toEqual([50, 1]);
    target.close();
  });
});
