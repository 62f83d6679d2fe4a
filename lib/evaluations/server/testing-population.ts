import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { aDecision, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { rowsOf } from "@/lib/server/rows";
import { recordLabel } from "@/lib/decisions/server/record-label";
import type { LabelSource, Prediction, Truth } from "@/lib/decisions/schema";

export type Member = {
  route?: "execute" | "decline" | "review" | "shadow";
  predicted?: Prediction;
  confidence?: number | null;
  threshold?: number | null;
  pi?: number;
  /** How it ended; for `review` who decided, and after how many seconds. */
  status?: "approved" | "declined" | "in_review" | "recorded";
  seconds?: number;
  execution?: "succeeded" | "failed" | "pending";
  labels?: Partial<Record<LabelSource, Truth>>;
  promptVersion?: string;
  createdAt?: Date;
};

const endOf = { execute: "approved", decline: "declined", review: "approved", shadow: "recorded" } as const;

/** Stores decisions as described, with their executions and labels. */
export async function aPopulation(db: Database, org: TestOrg, desk: TestDesk, members: readonly Member[]) {
  const ids: string[] = [];
  for (const member of members) ids.push(await aMember(db, org, desk, member));
  return ids;
}

async function aMember(db: Database, org: TestOrg, desk: TestDesk, member: Member): Promise<string> {
  const { route = "review", predicted = "positive", pi = 1, seconds = 60 } = member;
  const status = member.status ?? endOf[route];
  const createdAt = member.createdAt ?? new Date(Date.now() - 3_600_000);
  const byPerson = route === "review" && (status === "approved" || status === "declined");
  const { id, executionId } = await aDecision(db, org, desk, {
    route,
    predicted,
    status,
    level: "auto",
    confidence: member.confidence === undefined ? 0.8 : member.confidence,
    threshold: member.threshold ?? null,
    promptVersion: member.promptVersion ?? null,
    piLabel: pi,
    piRef: pi,
    createdAt,
    decidedBy: byPerson ? "user:usr_test" : "router",
    decidedAt: new Date(createdAt.getTime() + seconds * 1000),
  });
  const execution = member.execution ?? "succeeded";
  if (executionId && execution !== "pending") {
    await rowsOf(
      db,
      sql`update executions set status = 'in_flight', fence = fence + 1 where id = ${executionId}`,
    );
    await rowsOf(db, sql`update executions set status = ${execution} where id = ${executionId}`);
  }
  for (const source of ["review", "audit", "outcome"] as const) {
    const truth = member.labels?.[source];
    const piLabel = source === "audit" ? pi : 1;
    if (truth)
      await recordLabel(org.system, { decisionId: id, source, truth, piLabel, actor: "system:test" });
  }
  return id;
}
