import { eq, sql, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { connect, type Database } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import * as schema from "@/db/schema";
import { anOrg, aRefundDesk, type TestOrg } from "@/db/testing-fixtures";
import type { ConnectorClass } from "@/lib/apps/schema";
import { makeKey } from "@/lib/identity/server/api-keys";
import type { Scope } from "@/lib/identity/schema";
import { newId } from "@/lib/kernel/ids";
import { times } from "./faults";

/** What a fake system is, and what of the product it is there to try besides its class. */
export type System = {
  name: "A" | "A-key" | "B" | "C";
  class: ConnectorClass;
  /** It recognises our key. */
  dedupes: boolean;
  /** It can be asked what it did. */
  tells: boolean;
  share: number;
  connector: { concurrency?: number; rate_per_second?: number };
  action: { hold_seconds?: number; observe?: { path: string; pointers: string[] } };
};

const observe = { path: "/v1/invoices/{/invoice}", pointers: ["/status"] };
export const systems: readonly System[] = [
  { name: "A", class: "A", dedupes: true, tells: true, share: 0.3, connector: {}, action: { observe } },
  {
    name: "A-key",
    class: "A",
    dedupes: true,
    tells: false,
    share: 0.1,
    connector: {},
    action: { hold_seconds: 1 },
  },
  {
    name: "B",
    class: "B",
    dedupes: false,
    tells: true,
    share: 0.35,
    connector: { concurrency: 8, rate_per_second: 100 },
    action: {},
  },
  { name: "C", class: "C", dedupes: false, tells: false, share: 0.25, connector: {}, action: {} },
];

/** An app of its own for each system: its key, and the type it submits. */
export type Desk = { system: System; key: string; typeKey: string };
export type Desks = {
  desks: Map<string, Desk>;
  /** Tokens of the person who approves and of another, who resolves what nobody else can. */
  reviewer: string;
  other: string;
};

/** Makes the desks in an empty database. `pepper` is the programs' own. */
export async function makeDesks(url: string, target: string, pepper: string): Promise<Desks> {
  process.env.COUNTERSIGN_KEY_PEPPER = pepper;
  await migrateDatabase(url);
  const { db, close } = connect(url, { max: 1 });
  try {
    const org = await anOrg(db);
    const desks = new Map<string, Desk>();
    for (const system of systems) desks.set(system.name, await makeDesk(db, org, system, target));
    const reviewer = await makeToken(db, org, org.reviewer.actor.id);
    return { desks, reviewer, other: await makeToken(db, org, org.admin.actor.id) };
  } finally {
    await close();
  }
}

async function makeDesk(db: Database, org: TestOrg, system: System, target: string): Promise<Desk> {
  const desk = await aRefundDesk(db, org, {
    connectorClass: system.class,
    baseUrl: `http://${target}/${system.name}`,
    autonomy: { level: "auto", threshold: 0.9, auditRate: 0 },
  });
  const { connectors, connectorActions, queues } = schema;
  const pace = {
    timeout_ms: times.timeout,
    settle_delay_ms: times.settleDelay,
    max_attempts: 5,
    ...system.connector,
  };
  await db
    .update(connectors)
    .set({ config: merged(connectors.config, pace) })
    .where(eq(connectors.id, desk.connector));
  await db
    .update(connectorActions)
    .set({ config: merged(connectorActions.config, { ...withheldBy(system), ...system.action }) })
    .where(eq(connectorActions.id, desk.action));
  await db.update(queues).set({ undoSeconds: 0 }).where(eq(queues.id, desk.queue));
  // Wide enough for everything: what is counted against it must be right, whoever dies.
  const limit = { period: "day" as const, currency: "EUR", maxAmount: 1_000_000_000, maxCount: 1_000_000 };
  const budget = { id: newId("budget"), orgId: org.orgId, updatedBy: "torture", ...limit };
  await db.insert(schema.budgets).values({ ...budget, scope: "app", scopeId: desk.app });
  const scopes: Scope[] = ["decisions:write", "decisions:read", "decisions:cancel"];
  const key = makeKey("app", false);
  await insertKey(db, org, key, { kind: "app", appId: desk.app, scopes });
  return { system, key: key.key, typeKey: desk.typeKey };
}

function merged(column: AnyPgColumn, more: object): SQL {
  return sql`${column} || ${JSON.stringify(more)}::jsonb`;
}

/** What the fixture's action offers and this system does not. */
function withheldBy({ dedupes, tells }: System): object {
  return { ...(!dedupes && { key_header: null }), ...(!tells && { lookup: null }) };
}

async function makeToken(db: Database, org: TestOrg, userId: string): Promise<string> {
  const token = makeKey("personal", false);
  await insertKey(db, org, token, { kind: "personal", userId, scopes: [] });
  return token.key;
}

async function insertKey(
  db: Database,
  org: TestOrg,
  { prefix, secretHash }: ReturnType<typeof makeKey>,
  whose: Pick<typeof schema.apiKeys.$inferInsert, "kind" | "appId" | "userId" | "scopes">,
): Promise<void> {
  const id = newId("apiKey");
  await db
    .insert(schema.apiKeys)
    .values({ id, orgId: org.orgId, name: "torture", livemode: false, prefix, secretHash, ...whose });
}
