import { sql } from "drizzle-orm";
import { check, doublePrecision, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { auditStatuses, judgements } from "@/lib/audits/schema";
import { truths } from "@/lib/decisions/schema";
import { causes } from "@/lib/feedback/schema";
import { bornAt, id, moment, oneOf } from "./columns";
import { decisions } from "./decisions";

export const audits = pgTable(
  "audits",
  {
    id: id(),
    orgId: text().notNull(),
    decisionId: text()
      .notNull()
      .references(() => decisions.id),
    /** The inclusion probability, copied from the decision that was drawn. */
    piLabel: doublePrecision().notNull(),
    status: text({ enum: auditStatuses }).notNull().default("open"),
    dueAt: moment(),
    claimedBy: text(),
    leaseUntil: moment(),
    /** The auditor's own answer, given before the model's is shown. */
    blindAnswer: text({ enum: truths }),
    blindAt: moment(),
    judgement: text({ enum: judgements }),
    cause: text({ enum: causes }),
    note: text(),
    judgedBy: text(),
    judgedAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("audits_decision_unique").on(t.decisionId),
    index("audits_open_idx")
      .on(t.orgId, t.id)
      .where(sql`status in ('open', 'claimed')`),
    index("audits_done_idx")
      .on(t.orgId, t.id)
      .where(sql`status = 'done'`),
    index("audits_judged_idx")
      .on(t.orgId, t.judgedBy, t.judgedAt)
      .where(sql`status = 'done'`),
    check("audits_status_check", oneOf("status", auditStatuses)),
    check("audits_judgement_check", oneOf("judgement", judgements)),
    // A judgement without a blind answer cannot be stored: blind first is a fact, not a habit of the page.
    check("audits_blind_first_check", sql`judgement is null or blind_answer is not null`),
    check("audits_done_check", sql`(status = 'done') = (judgement is not null)`),
  ],
);
