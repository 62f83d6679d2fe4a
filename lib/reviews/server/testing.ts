import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";

type Options = Parameters<typeof aDecision>[3] & {
  autonomy?: Partial<typeof schema.autonomies.$inferInsert>;
};

/** An organisation with a refund desk and one open review; `more` opens others of the same desk. */
export async function anOpenReview(db: Database, { autonomy, ...decision }: Options = {}) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { autonomy });
  const more = async (options: Options = {}) => {
    const { id, reviewId } = await aDecision(db, org, desk, options);
    if (reviewId === null) throw new Error("the fixture opened no review");
    return { decisionId: id, reviewId };
  };
  const first = await more(decision);
  return { org, desk, more, ...first, stored: () => storedReview(db, first.reviewId) };
}

export async function storedReview(db: Database, reviewId: string) {
  const [review] = await db.select().from(schema.reviews).where(eq(schema.reviews.id, reviewId));
  if (!review) throw new Error(`no review ${reviewId}`);
  return review;
}

export async function storedDecision(db: Database, decisionId: string) {
  const [decision] = await db.select().from(schema.decisions).where(eq(schema.decisions.id, decisionId));
  if (!decision) throw new Error(`no decision ${decisionId}`);
  return decision;
}

/** What a decision or review left behind: labels, executions, event types and journal actions, in order. */
export async function traces(db: Database, decisionId: string, reviewId: string) {
  const labels = await db.select().from(schema.labels).where(eq(schema.labels.decisionId, decisionId));
  const executions = await db
    .select()
    .from(schema.executions)
    .where(eq(schema.executions.decisionId, decisionId));
  const events = await db
    .select()
    .from(schema.events)
    .where(eq(schema.events.decisionId, decisionId))
    .orderBy(schema.events.id);
  const journal = await db
    .select()
    .from(schema.journal)
    .where(and(eq(schema.journal.subject, reviewId)))
    .orderBy(schema.journal.id);
  return {
    labels,
    executions,
    events: events.map(({ type }) => type),
    journal: journal.map(({ action, actor }) => ({ action, actor })),
  };
}

/** Moves a review's clock: any of its columns, by hand. */
export async function setReview(
  db: Database,
  reviewId: string,
  columns: Partial<typeof schema.reviews.$inferInsert>,
): Promise<void> {
  await db.update(schema.reviews).set(columns).where(eq(schema.reviews.id, reviewId));
}

export const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000);
