import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import type { Actor, Role, Scope } from "@/lib/identity/schema";
import { newId } from "@/lib/kernel/ids";
import { actionDigest } from "@/lib/decisions/server/digest";
import { actionKeyOf } from "@/lib/decisions/server/move-decision";
import type { Context } from "@/lib/server/context";

/** An organisation of a test's own, with one person a role. Made with plain inserts, so that no verb is assumed. */
export async function anOrg(db: Database) {
  const orgId = newId("org");
  await db.insert(schema.orgs).values({ id: orgId, name: "Test" });
  await db.insert(schema.stops).values({ orgId, scope: "global", scopeId: orgId });
  const genesis = "0".repeat(64);
  await db.insert(schema.journalHeads).values({ orgId, seq: 0, prev: genesis, hash: genesis });

  const context = (actor: Actor): Context => ({ db, orgId, actor, now: new Date() });
  const person = async (role: Role): Promise<Context> => {
    const id = newId("user");
    const email = `${id}@example.test`;
    await db.insert(schema.users).values({ id, orgId, email, name: `${role} ${id.slice(-4)}`, role });
    return context({ kind: "user", id, name: `${role} ${id.slice(-4)}`, email, role, via: "session" });
  };
  const keyOf = async (appId: string, scopes: Scope[]): Promise<Context> => {
    const id = newId("apiKey");
    const prefix = `sk_test_${id.slice(-12)}`;
    await db.insert(schema.apiKeys).values({
      id,
      orgId,
      kind: "app",
      appId,
      name: "test",
      prefix,
      secretHash: id,
      scopes,
      livemode: false,
    });
    return context({ kind: "key", id, appId, scopes });
  };
  return {
    orgId,
    context,
    person,
    keyOf,
    system: context({ kind: "system", id: "test" }),
    reviewer: await person("reviewer"),
    auditor: await person("auditor"),
    admin: await person("admin"),
  };
}
export type TestOrg = Awaited<ReturnType<typeof anOrg>>;

/** An app that issues refunds through an HTTP connector; `autonomy` says how far it may go (default review_all). */
export async function aRefundDesk(
  db: Database,
  org: TestOrg,
  options: {
    autonomy?: Partial<typeof schema.autonomies.$inferInsert>;
    connectorClass?: "A" | "B" | "C";
    baseUrl?: string;
  } = {},
) {
  const orgId = org.orgId;
  const ids = {
    app: newId("app"),
    connector: newId("connector"),
    action: newId("action"),
    queue: newId("queue"),
    type: newId("decisionType"),
  };
  await db
    .insert(schema.apps)
    .values({ id: ids.app, orgId, key: `refund-desk-${ids.app.slice(-6)}`, name: "Refund desk" });
  await db.insert(schema.stops).values([
    { orgId, scope: "app", scopeId: ids.app },
    { orgId, scope: "type", scopeId: ids.type },
    { orgId, scope: "connector", scopeId: ids.connector },
  ]);
  await db.insert(schema.connectors).values({
    id: ids.connector,
    orgId,
    key: `billing-${ids.connector.slice(-6)}`,
    name: "Billing",
    kind: "http",
    class: options.connectorClass ?? "A",
    config: {
      base_url: options.baseUrl ?? "http://127.0.0.1:9",
      auth: "none",
      timeout_ms: 2000,
      key_ttl_seconds: 86_400,
      settle_delay_ms: 100,
      max_attempts: 8,
    },
  });
  await db.insert(schema.connectorActions).values({
    id: ids.action,
    orgId,
    connectorId: ids.connector,
    key: "refund",
    name: "Refund a charge",
    config: {
      method: "POST",
      path: "/v1/refunds",
      headers: {},
      body: {
        invoice: { $arg: "/invoice" },
        amount: { $arg: "/amount" },
        metadata: { action_key: { $key: true } },
      },
      body_format: "json",
      key_header: "Idempotency-Key",
      success_schema: {
        type: "object",
        required: ["id", "status"],
        properties: { status: { enum: ["succeeded", "pending"] } },
      },
      refusal_statuses: [400, 402, 403, 404, 422],
      reference_pointer: "/id",
      lookup: {
        path: "/v1/refunds?metadata[action_key]={key}",
        found_pointer: "/data/0",
        reference_pointer: "/data/0/id",
      },
    },
  });
  await db
    .insert(schema.queues)
    .values({ id: ids.queue, orgId, key: `refunds-${ids.queue.slice(-6)}`, name: "Refunds" });
  const typeKey = `refund.issue.${ids.type.slice(-6)}`;
  await db.insert(schema.decisionTypes).values({
    id: ids.type,
    orgId,
    key: typeKey,
    name: "Issue a refund",
    inputSchema: { type: "object", required: ["message"], properties: { message: { type: "string" } } },
    argumentsSchema: {
      type: "object",
      required: ["invoice", "amount", "currency"],
      additionalProperties: false,
      properties: {
        invoice: { type: "string" },
        amount: { type: "integer", minimum: 1 },
        currency: { type: "string" },
      },
    },
    actionId: ids.action,
    queueId: ids.queue,
    reversibility: "irreversible",
    amountPointer: "/amount",
    currencyPointer: "/currency",
    summaryTemplate: "Refund {amount} on invoice {/invoice}",
    declineReasons: ["not entitled", "amount wrong"],
  });
  await db.insert(schema.autonomies).values({ orgId, appId: ids.app, typeId: ids.type, ...options.autonomy });
  return { ...ids, typeKey };
}
export type TestDesk = Awaited<ReturnType<typeof aRefundDesk>>;

type DecisionOptions = Partial<typeof schema.decisions.$inferInsert> & {
  withReview?: boolean;
  withExecution?: boolean;
};

/** A stored decision: in review with its open review by default; `status: "approved"` brings its pending execution. */
export async function aDecision(db: Database, org: TestOrg, desk: TestDesk, options: DecisionOptions = {}) {
  const { withReview, withExecution, ...columns } = options;
  const id = columns.id ?? newId("decision");
  const args = columns.arguments ?? { invoice: "INV-0001", amount: 1800, currency: "EUR" };
  const status = columns.status ?? "in_review";
  const signed = {
    decisionId: id,
    actionId: desk.action,
    connectorId: desk.connector,
    connectorVersion: 1,
    arguments: args,
  };
  const digest = actionDigest(signed);
  let reviewId: string | null = null;
  let executionId: string | null = null;
  await db.transaction(async (tx) => {
    await tx.insert(schema.decisions).values({
      orgId: org.orgId,
      appId: desk.app,
      typeId: desk.type,
      requestHash: "0".repeat(64),
      input: { message: "I was charged twice" },
      arguments: args,
      predicted: "positive",
      confidence: 0.8,
      amount: 1800,
      currency: "EUR",
      livemode: false,
      route: status === "in_review" ? "review" : "execute",
      reasons: [],
      level: "review_all",
      piLabel: 1,
      piRef: 1,
      drawU: 0.5,
      auditDrawn: false,
      auditPending: false,
      submittedBy: "key:test",
      actionDigest: status === "approved" ? digest : null,
      ...columns,
      id,
      status,
    });
    if (withReview ?? status === "in_review") {
      reviewId = newId("review");
      await tx.insert(schema.reviews).values({
        id: reviewId,
        orgId: org.orgId,
        decisionId: id,
        appId: desk.app,
        typeId: desk.type,
        queueId: desk.queue,
      });
    }
    if (withExecution ?? status === "approved") {
      executionId = newId("execution");
      await tx.insert(schema.executions).values({
        id: executionId,
        orgId: org.orgId,
        decisionId: id,
        appId: desk.app,
        connectorId: desk.connector,
        actionId: desk.action,
        connectorClass: (
          await tx
            .select({ c: schema.connectors.class })
            .from(schema.connectors)
            .where(eq(schema.connectors.id, desk.connector))
        )[0]?.c,
        connectorVersion: 1,
        actionKey: actionKeyOf(id),
        arguments: args,
        actionDigest: digest,
      });
    }
  });
  return { id, reviewId, executionId, digest };
}
