import { refreshIssueSetEndpoint } from "@/lib/experiments/issue-endpoints";
import { refreshIssueSet } from "@/lib/experiments/server/refresh-issue-set";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(refreshIssueSetEndpoint, apiContext, (ctx, { params }) =>
  refreshIssueSet(ctx, params),
);
