import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { closeDatabase, type Database } from "@/db/client";
import { apiKeys } from "@/db/schema";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { makeKey } from "@/lib/identity/server/api-keys";
import type { Scope } from "@/lib/identity/schema";
import { newId } from "@/lib/kernel/ids";
import { leanHandler } from "@/lib/server/lean-handler";
import { intakeDoors } from "./lean-doors";

export type Call = { at?: string; headers?: Record<string, string>; auth?: string | null };
type Payload = string | Uint8Array<ArrayBuffer> | object;

/** The lean handler on a port of its own, over a test's database, with one app whose every decision is reviewed. */
export async function aLeanServer(db: Database, url: string) {
  process.env.DATABASE_URL = url;
  process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";
  process.env.COUNTERSIGN_KEY_PEPPER = "a-pepper-of-the-tests-that-is-long-enough";
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const newKey = async (scopes: Scope[]) => {
    const made = makeKey("app", false);
    const id = newId("apiKey");
    const row = {
      id,
      orgId: org.orgId,
      kind: "app" as const,
      appId: desk.app,
      name: "test",
      livemode: false,
    };
    await db.insert(apiKeys).values({ ...row, scopes, prefix: made.prefix, secretHash: made.secretHash });
    return { id, key: made.key };
  };
  const { key } = await newKey(["decisions:write", "decisions:read"]);

  const answers = leanHandler(intakeDoors);
  const server = createServer((request, response) => {
    if (!answers(request, response)) response.writeHead(418).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** A submission that is stored, with what `more` changes of it. */
  const body = (more: object = {}) => ({
    type: desk.typeKey,
    input: { message: "charged twice" },
    proposal: { arguments: { invoice: "INV-1", amount: 1800, currency: "EUR" } },
    confidence: 0.9,
    ...more,
  });
  const post = async (
    payload: Payload,
    { at = "/api/v1/decisions", headers = {}, auth = key }: Call = {},
  ) => {
    const isRaw = typeof payload === "string" || payload instanceof Uint8Array;
    const authorization: Record<string, string> = auth === null ? {} : { Authorization: `Bearer ${auth}` };
    const response = await fetch(base + at, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...authorization, ...headers },
      body: isRaw ? payload : JSON.stringify(payload),
    });
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  };
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await closeDatabase();
  };
  return { base, key, newKey, body, post, close };
}
