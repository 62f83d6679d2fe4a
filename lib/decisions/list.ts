import { z } from "zod";
import type { Money } from "@/lib/kernel/money";
import type { ExecutionStatus } from "@/lib/kernel/statuses";
import {
  decisionStatuses,
  predictions,
  routes,
  truths,
  type DecisionStatus,
  type Prediction,
  type Route,
  type Truth,
} from "./schema";

const word = (max: number) => z.string().trim().min(1).max(max).optional().catch(undefined);

/**
 * The decisions page's filters as its address spells them; a part that is not understood is left out. `from` and
 * `to` are days in UTC, both included; `created_at[…]` are moments, as the API and the dashboards' links write them.
 */
export const DecisionListFilter = z.object({
  app: word(100),
  type: word(100),
  status: z.enum(decisionStatuses).optional().catch(undefined),
  route: z.enum(routes).optional().catch(undefined),
  subject: word(255),
  prompt_version: word(200),
  model: word(200),
  /** `key:value` of a segment that the type declares; it needs `type`. */
  segment: z
    .string()
    .max(300)
    .regex(/^[a-z][a-z0-9_]*:/)
    .optional()
    .catch(undefined),
  /** A policy version and a rule of it (`polv_…/over_150`): what that rule held back. */
  rule: z
    .string()
    .max(200)
    .regex(/^[^/]+\/[^/]+$/)
    .optional()
    .catch(undefined),
  /** What the model proposed, and what is known to be right: the rows behind a rate of errors. */
  predicted: z.enum(predictions).optional().catch(undefined),
  truth: z
    .enum([...truths, "known"])
    .optional()
    .catch(undefined),
  q: word(255),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  "created_at[gte]": z.iso.datetime({ offset: true }).optional().catch(undefined),
  "created_at[lt]": z.iso.datetime({ offset: true }).optional().catch(undefined),
});
export type DecisionListFilter = z.output<typeof DecisionListFilter>;

/** A page of the list: older than one decision, newer than one, or the newest. */
export const DecisionListQuery = DecisionListFilter.extend({ after: word(64), before: word(64) });
export type DecisionListQuery = z.output<typeof DecisionListQuery>;

export const decisionPage = 50;

/** A decision as a list shows it: nothing of its input, context or rationale is read. */
export type DecisionRow = {
  id: string;
  created_at: string;
  app: { key: string; name: string };
  type: { key: string; name: string };
  external_id: string | null;
  subject: { type: string; id: string } | null;
  summary: string;
  /** Null while a blind review of it waits for the answer of whoever looks. */
  predicted: Prediction | null;
  confidence: number | null;
  status: DecisionStatus;
  route: Route;
  execution: ExecutionStatus | null;
  truth: Truth | null;
  amount: Money | null;
};

export type DecisionRows = { data: DecisionRow[]; older: boolean; newer: boolean };

/** Which routes can have led to a status; both are fixed by the lifecycle, so one narrows the other. */
export const routesOfStatus: Record<DecisionStatus, readonly Route[]> = {
  in_review: ["review"],
  awaiting_second: ["review"],
  approved: ["execute", "review"],
  declined: ["decline", "review"],
  expired: ["review"],
  cancelled: ["execute", "review"],
  superseded: ["review"],
  recorded: ["shadow"],
};

/** `?app=…&route=…` with the parts that are set, always in one order; empty when none is. */
export function listAddress(filter: Partial<DecisionListQuery>): string {
  const query = new URLSearchParams();
  for (const key of DecisionListQuery.keyof().options) {
    const value = filter[key];
    if (value !== undefined) query.set(key, value);
  }
  const text = query.toString();
  return text === "" ? "/decisions" : `/decisions?${text}`;
}
