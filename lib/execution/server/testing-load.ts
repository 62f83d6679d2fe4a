import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import { connect, type Database } from "@/db/client";
import * as schema from "@/db/schema";
import type { TestDesk, TestOrg } from "@/db/testing-fixtures";
import { actionDigest } from "@/lib/decisions/server/digest";
import { actionKeyOf } from "@/lib/decisions/server/move-decision";
import { newId } from "@/lib/kernel/ids";
import { executionRunner, type RunnerOptions } from "./run-executions";

export type Arrival = { key: string; amount: number; at: number; path: string };

/** An enterprise system that writes down when each request came (this process's clock) and answers after a while. */
export async function aLedger({
  answerMs = () => 0,
  status = 200,
}: { answerMs?: () => number; status?: number } = {}) {
  const arrivals: Arrival[] = [];
  let underWay = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const at = performance.now();
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      const body = JSON.parse(text) as { amount: number; metadata: { action_key: string } };
      arrivals.push({ key: body.metadata.action_key, amount: body.amount, at, path: request.url ?? "" });
      underWay += 1;
      most = Math.max(most, underWay);
      setTimeout(() => {
        underWay -= 1;
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify({ id: `re_${arrivals.length}`, status: "succeeded" }));
      }, answerMs());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = `127.0.0.1:${port}`;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    arrivals,
    /** How many requests it held at once, at most. */
    mostUnderWay: () => most,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Act = {
  amount?: number | null;
  currency?: string | null;
  subject?: string;
  heldUntil?: Date;
  executeBefore?: Date;
};
const groupSize = 500;

/** Approved decisions with their pending executions, written in groups; answers the executions' ids. */
export async function manyPending(
  db: Database,
  org: TestOrg,
  desk: TestDesk,
  acts: readonly Act[],
): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < acts.length; from += groupSize) {
    const rows = acts.slice(from, from + groupSize).map((act) => rowsFor(org, desk, act));
    await db.transaction(async (tx) => {
      await tx.insert(schema.decisions).values(rows.map((row) => row.decision));
      await tx.insert(schema.executions).values(rows.map((row) => row.execution));
    });
    ids.push(...rows.map((row) => row.execution.id));
  }
  return ids;
}

function rowsFor(org: TestOrg, desk: TestDesk, act: Act) {
  const id = newId("decision");
  const { amount = 1800, currency = "EUR" } = act;
  const args = { invoice: "INV-0001", amount: amount ?? 1, currency: currency ?? "EUR" };
  const common = { orgId: org.orgId, appId: desk.app, arguments: args, amount, currency };
  const digest = actionDigest({
    decisionId: id,
    actionId: desk.action,
    connectorId: desk.connector,
    connectorVersion: 1,
    arguments: args,
  });
  const decision = {
    ...common,
    id,
    typeId: desk.type,
    requestHash: "0".repeat(64),
    input: {},
    predicted: "positive" as const,
    livemode: false,
    status: "approved" as const,
    route: "execute" as const,
    reasons: [],
    level: "auto" as const,
    piLabel: 1,
    piRef: 1,
    drawU: 0.5,
    auditDrawn: false,
    auditPending: false,
    submittedBy: "key:test",
    actionDigest: digest,
    subjectType: act.subject === undefined ? null : "customer",
    subjectId: act.subject ?? null,
  };
  const execution = {
    ...common,
    id: newId("execution"),
    decisionId: id,
    connectorId: desk.connector,
    actionId: desk.action,
    connectorClass: "A" as const,
    connectorVersion: 1,
    actionKey: actionKeyOf(id),
    actionDigest: digest,
    executeBefore: act.executeBefore ?? null,
    ...(act.heldUntil ? { heldUntil: act.heldUntil, nextAt: act.heldUntil } : {}),
  };
  return { decision, execution };
}

/** Workers that claim and send without pause, each with a pool of its own, until they are told to stop. */
export function manyWorkers(
  url: string,
  org: TestOrg,
  count: number,
  options: Partial<RunnerOptions> = {},
): { stop: () => Promise<void> } {
  let goesOn = true;
  const workers = Array.from({ length: count }, async (_, at) => {
    const { db, close } = connect(url, { max: 4 });
    const runner = executionRunner({ workerId: `worker:${at}`, ...options });
    while (goesOn) {
      const found = await runner.run({ ...org.system, db, now: new Date() });
      if (found === 0) await wait(10);
    }
    await runner.drain();
    await close();
  });
  return {
    async stop() {
      goesOn = false;
      await Promise.all(workers);
    },
  };
}

/** Resolves once nothing of the organisation waits to be sent or is under way. */
export async function untilQuiet(db: Database, org: TestOrg): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const [row] = await db
      .select({ open: sql<number>`count(*)::int` })
      .from(schema.executions)
      .where(and(eq(schema.executions.orgId, org.orgId), sql`status in ('pending', 'in_flight')`));
    if (row?.open === 0) return;
    await wait(50);
  }
  throw new Error("it never came to rest");
}
