import { afterAll, expect, test } from "vitest";
import { closeDatabase } from "@/db/client";
import { apiKeys } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision } from "@/db/testing-fixtures";
import { makeKey } from "@/lib/identity/server/api-keys";
import { newId } from "@/lib/kernel/ids";
import { closeConnectors } from "./connectors/connector-of";
import { verdictDoors } from "./lean-doors";
import { aWatchedDesk, aWatchedTarget } from "./testing-observed";

const { db, url } = await testDatabase();
process.env.DATABASE_URL = url;
process.env.COUNTERSIGN_KEY_PEPPER = "a-pepper-of-the-tests-that-is-long-enough";
const target = await aWatchedTarget();
afterAll(async () => {
  target.close();
  await closeConnectors();
  await closeDatabase();
});

test("an approval at the lean door looks first at what it would change, as at the other door", async () => {
  const { org, desk } = await aWatchedDesk(db, target);
  const { key, ...stored } = makeKey("personal", false);
  const whose = { orgId: org.orgId, kind: "personal" as const, userId: org.reviewer.actor.id, scopes: [] };
  await db
    .insert(apiKeys)
    .values({ id: newId("apiKey"), name: "test", livemode: false, ...whose, ...stored });
  const { reviewId } = await aDecision(db, org, desk);
  const path = `/api/v1/reviews/${reviewId}/verdict`;
  const [door] = verdictDoors;
  const params = door?.path.exec(path)?.groups;
  const headers: Record<string, string> = {
    authorization: `Bearer ${key}`,
    "content-type": "application/json",
  };
  const answer = await door?.answer({
    method: "POST",
    url: new URL(path, "http://localhost"),
    header: (name) => headers[name] ?? null,
    params: { ...params },
    body: async () => new TextEncoder().encode(JSON.stringify({ verdict: "approve" })),
  });
  expect(JSON.parse(String(answer?.body))).toMatchObject({ decision_status: "approved" });
  expect(target.looks).toEqual(["/v1/invoices/INV-0001"]);
});
