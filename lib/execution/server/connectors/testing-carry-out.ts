import { asc, eq } from "drizzle-orm";
import { vi } from "vitest";
import type { Database } from "@/db/client";
import { attempts, connectorActions, connectors } from "@/db/schema";
import { aRefundDesk, anOrg, type TestOrg } from "@/db/testing-fixtures";
import type { StoredActionConfig } from "@/lib/apps/action-config";
import type { StoredConnectorConfig } from "@/lib/apps/connector-config";
import type { ConnectorClass } from "@/lib/apps/schema";
import { sealConnectorSecret } from "@/lib/apps/server/connector-secret";
import { executionRunner } from "../run-executions";
import { executionRow, somePending } from "../testing";
import { closeConnectors } from "./connector-of";

/** Approves one decision whose action goes through this door, and lets a worker carry it out once. */
export async function carryOut(
  db: Database,
  host: string,
  door: {
    class: ConnectorClass;
    config: StoredConnectorConfig & { kind: "http" | "webhook" | "mcp" | "email" };
    action: StoredActionConfig;
    secret?: string;
  },
) {
  const org = await anOrg(db);
  vi.stubEnv("COUNTERSIGN_ALLOWED_PRIVATE_HOSTS", host);
  await closeConnectors();
  const desk = await aRefundDesk(db, org, { connectorClass: door.class });
  const secret = door.secret === undefined ? null : sealConnectorSecret(desk.connector, door.secret);
  const { kind } = door.config;
  await db
    .update(connectors)
    .set({ kind, config: door.config, secret })
    .where(eq(connectors.id, desk.connector));
  await db.update(connectorActions).set({ config: door.action }).where(eq(connectorActions.id, desk.action));
  const [id = ""] = await somePending(db, org, desk);
  await runOnce(org);
  const log = await db.select().from(attempts).where(eq(attempts.executionId, id)).orderBy(asc(attempts.id));
  // Whatever was answered: the log shows no credential.
  const shows = door.secret !== undefined && JSON.stringify(log).includes(door.secret);
  if (shows) throw new Error("the attempt log shows the secret");
  return { id, execution: await executionRow(db, id), log, org };
}

async function runOnce(org: TestOrg): Promise<void> {
  const runner = executionRunner({ workerId: "worker:test" });
  await runner.run(org.system);
  await runner.drain();
}
