import { eq, sql } from "drizzle-orm";
import { audits, decisions, executions } from "@/db/schema";
import type { Database } from "@/db/client";
import { aDecision, aRefundDesk, anOrg, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { rowsOf } from "@/lib/server/rows";
import { NewPlan } from "../plans";
import { openDueAudits } from "./open-due-audits";

/** What no auditor may read before answering: each value appears nowhere else in the decision. */
export const secrets = {
  rationale: "RATIONALE-the-customer-is-right",
  promptVersion: "PROMPT-v7",
  confidence: 0.9731,
  threshold: 0.9417,
  externalReference: "re_SECRET",
};

/** A decision that ran alone and was drawn for an audit; `execution` is where its action stands. */
export async function aDrawnDecision(
  db: Database,
  org: TestOrg,
  desk: TestDesk,
  options: {
    execution?: "pending" | "succeeded" | "failed" | "unknown";
    route?: "execute" | "decline";
    pi?: number;
  } = {},
) {
  const { execution = "succeeded", route = "execute", pi = 0.25 } = options;
  const decision = await aDecision(db, org, desk, {
    route,
    status: route === "execute" ? "approved" : "declined",
    predicted: route === "execute" ? "positive" : "negative",
    level: "auto",
    piLabel: pi,
    piRef: pi,
    drawU: 0.01,
    auditDrawn: true,
    auditPending: true,
    rationale: secrets.rationale,
    promptVersion: secrets.promptVersion,
    confidence: secrets.confidence,
    threshold: secrets.threshold,
    reasons: [{ kind: "threshold", code: "reached", message: "REASON-reached" }],
    decidedBy: "router",
    model: { name: "MODEL-x" },
    metadata: { label: "METADATA-leak" },
  });
  if (decision.executionId && execution !== "pending") await settle(db, decision.executionId, execution);
  return decision;
}

async function settle(db: Database, id: string, to: "succeeded" | "failed" | "unknown"): Promise<void> {
  await rowsOf(db, sql`update executions set status = 'in_flight', fence = fence + 1 where id = ${id}`);
  await db
    .update(executions)
    .set({ status: to, externalReference: secrets.externalReference, settledAt: sql`now()` })
    .where(eq(executions.id, id));
}

/** An open audit of a decision that ran alone. */
export async function anOpenAudit(
  db: Database,
  org: TestOrg,
  desk: TestDesk,
  { judges = 1, ...options }: Parameters<typeof aDrawnDecision>[3] & { judges?: number } = {},
) {
  const decision = await aDrawnDecision(db, org, desk, options);
  await openDueAudits(org.system);
  const [audit] = await db
    .update(audits)
    .set({ judgesNeeded: judges })
    .where(eq(audits.decisionId, decision.id))
    .returning();
  if (!audit) throw new Error("the audit did not open");
  return { auditId: audit.id, decisionId: decision.id };
}

/** An organisation with a refund desk that acts alone. */
export async function anAutonomousDesk(db: Database) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { autonomy: { level: "auto", threshold: 0.9, auditRate: 0.25 } });
  return { org, desk };
}

export async function decisionOf(db: Database, id: string) {
  const [decision] = await db.select().from(decisions).where(eq(decisions.id, id));
  if (!decision) throw new Error("no such decision");
  return decision;
}

/** A decision to leave things alone that nobody drew: it ran at once. */
export async function aQuietDecision(
  db: Database,
  org: TestOrg,
  desk: TestDesk,
  columns: Partial<typeof decisions.$inferInsert> = {},
) {
  const { id } = await aDecision(db, org, desk, {
    route: "decline",
    status: "declined",
    predicted: "negative",
    level: "auto",
    confidence: 0.95,
    piLabel: 0.1,
    piRef: 0.1,
    decidedBy: "router",
    ...columns,
  });
  return id;
}

/** A plan that draws everything in its population, but for what is given. */
export function aPlan(given: object = {}): NewPlan {
  return NewPlan.parse({
    name: "A plan",
    kind: "random",
    spec: { strata: [{ name: "all", rate: 1 }] },
    ...given,
  });
}

/** The audits of an organisation as they are stored. */
export async function auditsOf(db: Database, orgId: string) {
  return db.select().from(audits).where(eq(audits.orgId, orgId));
}
