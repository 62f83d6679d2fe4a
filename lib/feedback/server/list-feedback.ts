import { and, asc, desc, eq, gt, lt } from "drizzle-orm";
import { decisions, feedback } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { List, ListQuery } from "@/lib/kernel/list";
import { maskFor } from "@/lib/policies/server/mask-for";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { FeedbackView } from "../schema";
import { evidenceSources } from "./feedback-targets";
import { viewOf } from "./give-feedback";
import { shownSpans } from "./shown-spans";

/** What was said of one decision, newest first, by keyset. Throws `not_found` for a decision one may not know of. */
export async function listFeedback(
  ctx: Context,
  input: { params: { decision: string }; query: ListQuery },
): Promise<List<FeedbackView>> {
  authorize(ctx, "decisions.read");
  const { query, params } = input;
  await requireDecision(ctx, params.decision);
  const backwards = query.ending_before !== undefined && query.starting_after === undefined;
  const rows = await ctx.db
    .select()
    .from(feedback)
    .where(
      and(
        eq(feedback.decisionId, params.decision),
        eq(feedback.orgId, ctx.orgId),
        query.starting_after === undefined ? undefined : lt(feedback.id, query.starting_after),
        query.ending_before === undefined ? undefined : gt(feedback.id, query.ending_before),
      ),
    )
    .orderBy(backwards ? asc(feedback.id) : desc(feedback.id))
    .limit(query.limit + 1);
  const page = await masked(ctx, params.decision, rows.slice(0, query.limit).map(viewOf));
  return {
    object: "list",
    url: `/api/v1/decisions/${params.decision}/feedback`,
    has_more: rows.length > query.limit,
    data: backwards ? page.toReversed() : page,
  };
}

// What was said is masked like the decision it is about, and a quote is cut from that as it is shown.
async function masked(ctx: Context, decisionId: string, page: FeedbackView[]): Promise<FeedbackView[]> {
  const shown = await maskFor(ctx, page);
  if (shown === page || page.every(({ evidence }) => evidence.length === 0)) return shown;
  const source = (await evidenceSources(ctx, [decisionId])).get(decisionId);
  if (!source) throw new DomainError("not_found", `There is no decision ${decisionId}`);
  const seen = await maskFor(ctx, source);
  return shown.map((one, at) => ({ ...one, evidence: shownSpans(source, seen, page[at]?.evidence ?? []) }));
}

async function requireDecision(ctx: Context, id: string): Promise<void> {
  const app = appBound(ctx);
  const [found] = await ctx.db
    .select({ id: decisions.id })
    .from(decisions)
    .where(
      and(
        eq(decisions.id, id),
        eq(decisions.orgId, ctx.orgId),
        app === undefined ? undefined : eq(decisions.appId, app),
        app === undefined ? undefined : eq(decisions.measure, false),
      ),
    );
  if (!found) throw new DomainError("not_found", `There is no decision ${id}`);
}
