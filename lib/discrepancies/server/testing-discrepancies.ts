import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { discrepancies } from "@/db/schema";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { recordLabel } from "@/lib/decisions/server/record-label";
import { recordOutcome } from "@/lib/feedback/server/record-outcome";
import type { Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { openDiscrepancies } from "./open-discrepancies";
import { proposeCauses } from "./propose-causes";

/** A desk with its app's key, and ways for sides to speak of its decisions. */
export async function aDisputedDesk(db: Database) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const key = await org.keyOf(desk.app, ["feedback:write", "decisions:read"]);
  const decide = (options: Parameters<typeof aDecision>[3] = {}) =>
    aDecision(db, org, desk, { status: "declined", predicted: "positive", ...options });
  return { org, desk, key, decide, ...sidesOf(db, org, key), ...workerOf(db, org.system) };
}

function sidesOf(db: Database, org: Awaited<ReturnType<typeof anOrg>>, key: Context) {
  return {
    /** A reviewer rules, as the verb that resolves reviews leaves it behind. */
    async rule(decisionId: string, truth: "positive" | "negative") {
      await recordLabel(org.reviewer, { decisionId, source: "review", truth, piLabel: 1 });
      await emit(org.reviewer, { type: "review.resolved", subject: "rev_test", decisionId });
    },
    turnOut: (decisionId: string, truth: "positive" | "negative") =>
      recordOutcome(key, { params: { decision: decisionId }, body: { truth } }),
    async recordOf(decisionId: string) {
      const [row] = await db.select().from(discrepancies).where(eq(discrepancies.decisionId, decisionId));
      if (!row) throw new Error(`nobody disagrees about ${decisionId}`);
      return row;
    },
    recordsOf: (decisionId: string) =>
      db.select().from(discrepancies).where(eq(discrepancies.decisionId, decisionId)),
  };
}

function workerOf(db: Database, system: Context) {
  return {
    async look() {
      // The first look makes the mark; each next one reads on.
      await openDiscrepancies(system);
      while ((await openDiscrepancies(system)) > 0);
    },
    async propose() {
      while ((await proposeCauses(system)) > 0);
    },
    /** Lets what was put off be asked again at once. */
    hurry: (id: string) =>
      db
        .update(discrepancies)
        .set({ askAt: new Date(0) })
        .where(eq(discrepancies.id, id)),
  };
}
