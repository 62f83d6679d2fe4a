import { tryIssueEndpoint } from "@/lib/experiments/issue-endpoints";
import { startIssueExperiment } from "@/lib/experiments/server/start-issue-experiment";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(tryIssueEndpoint, apiContext, (ctx, { params, body }) =>
  startIssueExperiment(ctx, { ...body, ...params }),
);
