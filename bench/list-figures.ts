import { listDecisionRows } from "@/lib/decisions/server/list-decision-rows";
import { listDecisions } from "@/lib/decisions/server/list-decisions";
import { countNewDecisions } from "@/lib/decisions/server/count-new-decisions";
import { DecisionFilter } from "@/lib/decisions/schema";
import { DecisionListQuery } from "@/lib/decisions/list";
import { ExecutionFilter } from "@/lib/execution/schema";
import { listExecutions } from "@/lib/execution/server/list-executions";
import { ReviewListQuery } from "@/lib/reviews/schema";
import { countReviews } from "@/lib/reviews/server/count-reviews";
import { listFacets } from "@/lib/reviews/server/list-facets";
import { listReviews } from "@/lib/reviews/server/list-reviews";
import type { Figure, Setup } from "./list-setup";
import { nextFigures } from "./next-figures";

/** As many as the inbox shows at first. */
const inboxPage = 50;

/** What a person opens, filters by and searches for, as the pages ask it. */
export async function figuresOf(setup: Setup): Promise<Figure[]> {
  const { ctx } = setup;
  return [
    ...(await inboxFigures(setup)),
    ...nextFigures(setup),
    { name: "inbox.counts", run: async () => (await countReviews(ctx)).unclaimed },
    { name: "inbox.facets", run: async () => (await listFacets(ctx)).apps.length },
    ...(await decisionFigures(setup)),
    ...executionFigures(setup),
  ];
}

async function inboxFigures({ ctx, desks }: Setup): Promise<Figure[]> {
  const list = (query: object) => {
    const parsed = ReviewListQuery.parse({ tab: "unclaimed", limit: inboxPage, ...query });
    return async () => (await listReviews(ctx, parsed)).data.length;
  };
  const first = await listReviews(ctx, ReviewListQuery.parse({ tab: "unclaimed", limit: inboxPage }));
  return [
    { name: "inbox.unclaimed", run: list({}) },
    { name: "inbox.unclaimed_page_2", run: list({ starting_after: first.data.at(-1)?.id }) },
    { name: "inbox.mine", run: list({ tab: "mine" }) },
    { name: "inbox.open", run: list({ tab: "open" }) },
    { name: "inbox.snoozed", run: list({ tab: "snoozed" }) },
    { name: "inbox.resolved", run: list({ tab: "resolved" }) },
    { name: "inbox.common_app", run: list({ app: desks.common.app }) },
    { name: "inbox.rare_app", run: list({ app: desks.rare.app }) },
    { name: "inbox.rare_queue", run: list({ queue: desks.rare.queue }) },
    { name: "inbox.rare_type", run: list({ type: desks.rare.type }) },
    { name: "inbox.resolved_rare_app", run: list({ tab: "resolved", app: desks.rare.app }) },
  ];
}

async function decisionFigures({ ctx, desks, size }: Setup): Promise<Figure[]> {
  const list = (query: object) => {
    const parsed = DecisionListQuery.parse(query);
    return async () => (await listDecisionRows(ctx, parsed)).data.length;
  };
  const newest = await listDecisionRows(ctx, DecisionListQuery.parse({}));
  const since = newest.data[30]?.id ?? "";
  const middle = `dec_${String(Math.floor(size.past / 2)).padStart(26, "0")}`;
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const api = DecisionFilter.parse({ limit: 25 });
  return [
    { name: "decisions.all", run: list({}) },
    { name: "decisions.in_the_middle", run: list({ after: middle }) },
    { name: "decisions.common_app", run: list({ app: desks.common.app }) },
    { name: "decisions.rare_app", run: list({ app: desks.rare.app }) },
    { name: "decisions.rare_type", run: list({ type: desks.rare.type }) },
    { name: "decisions.approved", run: list({ status: "approved" }) },
    { name: "decisions.declined", run: list({ status: "declined" }) },
    { name: "decisions.in_review", run: list({ status: "in_review" }) },
    { name: "decisions.expired_none", run: list({ status: "expired" }) },
    { name: "decisions.route_review", run: list({ route: "review" }) },
    { name: "decisions.declined_rare_app", run: list({ status: "declined", app: desks.rare.app }) },
    { name: "decisions.one_day", run: list({ from: day, to: day }) },
    { name: "decisions.prompt", run: list({ prompt_version: "v3" }) },
    { name: "decisions.subject", run: list({ subject: "cus_42" }) },
    { name: "decisions.search_external_id", run: list({ q: "order-500" }) },
    { name: "decisions.search_subject", run: list({ q: "cus_77" }) },
    { name: "decisions.search_nothing", run: list({ q: "there-is-none" }) },
    { name: "decisions.count_new", run: () => countNewDecisions(ctx, { since }) },
    { name: "decisions.api", run: async () => (await listDecisions(ctx, { query: api })).data.length },
  ];
}

function executionFigures({ admin }: Setup): Figure[] {
  const list = (query: object) => {
    const parsed = ExecutionFilter.parse({ limit: 50, ...query });
    return async () => (await listExecutions(admin, { query: parsed })).data.length;
  };
  return [
    { name: "executions.attention", run: list({ attention: "true" }) },
    { name: "executions.all", run: list({}) },
    { name: "executions.failed", run: list({ status: "failed" }) },
    { name: "executions.succeeded", run: list({ status: "succeeded" }) },
  ];
}
