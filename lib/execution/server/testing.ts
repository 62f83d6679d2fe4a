import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { executions } from "@/db/schema";
import { aDecision, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import type { JsonObject } from "@/lib/kernel/json";
import type { Answer } from "../connector";
import { claimExecutions, type ClaimedExecution } from "./claim-executions";
import type { SendResult } from "./settle-executions";

/** What a fake system does with one request: answers, cuts the connection, or stays silent for a while. */
export type Behaviour = (request: { key: string; tries: number }) => {
  acts: boolean;
  answer: "ok" | "refuse" | "error" | "cut" | "late" | "garbage";
};

/** When a late answer's effect comes: after the caller has given up. */
const lateMs = 700;

/** An enterprise system with a ledger of its own, which is the truth of every test. */
export async function aTarget(behave: Behaviour, { dedupes }: { dedupes: boolean }) {
  const ledger = new Map<string, number>();
  const sends = new Map<string, number>();
  const server = createServer((request, response) => void answer(request, response));
  const act = (key: string) => {
    if (!dedupes || !ledger.has(key)) ledger.set(key, (ledger.get(key) ?? 0) + 1);
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://target");
    if (request.method === "GET") {
      const key = url.searchParams.get("metadata[action_key]") ?? "";
      return say(response, 200, { data: ledger.has(key) ? [{ id: `re_${key}` }] : [] });
    }
    const key = keyOf(await bodyOf(request));
    const tries = (sends.get(key) ?? 0) + 1;
    sends.set(key, tries);
    if (dedupes && ledger.has(key)) return say(response, 200, { id: `re_${key}`, status: "succeeded" });
    const { acts, answer: reply } = behave({ key, tries });
    if (acts && reply !== "late") act(key);
    if (reply === "ok") return say(response, 200, { id: `re_${key}`, status: "succeeded" });
    if (reply === "refuse") return say(response, 402, { error: { message: "No" } });
    if (reply === "error") return say(response, 500, { error: { message: "Oops" } });
    if (reply === "garbage") return void response.end("<html>");
    if (reply === "cut") return void request.socket.destroy();
    setTimeout(() => {
      if (acts) act(key);
      request.socket.destroy();
    }, lateMs);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    baseUrl: `http://127.0.0.1:${port}`,
    ledger,
    sends,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

function keyOf(body: string): string {
  const parsed: unknown = JSON.parse(body);
  return (parsed as { metadata: { action_key: string } }).metadata.action_key;
}

/** Approved decisions of a desk with their pending executions; answers the executions' ids. */
export async function somePending(db: Database, org: TestOrg, desk: TestDesk, count = 1): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made++) {
    const { executionId } = await aDecision(db, org, desk, { status: "approved" });
    if (executionId) ids.push(executionId);
  }
  return ids;
}

export async function executionRow(db: Database, id: string) {
  const [row] = await db.select().from(executions).where(eq(executions.id, id));
  if (!row) throw new Error(`no execution ${id}`);
  return row;
}

/** Claims for a worker of the test's own. */
export async function claimSome(
  org: TestOrg,
  { limit = 50, leaseMs = 30_000, workerId = "worker:test" } = {},
) {
  return claimExecutions(org.system, { workerId, limit, leaseMs });
}

export async function claimOne(org: TestOrg): Promise<ClaimedExecution> {
  const [claimed] = (await claimSome(org)).sends;
  if (!claimed) throw new Error("nothing was claimed");
  return claimed;
}

/** The result a worker brings back for a claim: of an answered status, or of no answer. */
export function resultOf(claimed: ClaimedExecution, status: number | "no_answer" | "not_sent"): SendResult {
  const answer = answerOf(status);
  const { executionId, decisionId, fence, connector, isFirst } = claimed;
  const classified = connector.classify(answer, { first: isFirst });
  return { executionId, decisionId, fence, answer, classified, nextInMs: 0, needsPerson: false };
}

function answerOf(status: number | "no_answer" | "not_sent"): Answer {
  if (typeof status !== "number") return { kind: status, error: "it broke" };
  const body: JsonObject =
    status === 200 ? { id: "re_1", status: "succeeded" } : { error: { message: "No" } };
  return { kind: "response", status, text: JSON.stringify(body), body };
}

/** Makes everything that waits in an org due now, as time would. */
export async function letTimePass(db: Database, org: TestOrg): Promise<void> {
  await db.execute(sql`update executions set next_at = now() - interval '1 second',
    lease_until = lease_until - interval '1 day' where org_id = ${org.orgId}`);
  await db.execute(
    sql`update attempts set ended_at = ended_at - interval '1 day' where org_id = ${org.orgId}`,
  );
}
