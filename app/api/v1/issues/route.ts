import { createIssueEndpoint, listIssuesEndpoint } from "@/lib/discrepancies/endpoints";
import { createIssue } from "@/lib/discrepancies/server/create-issue";
import { listIssues } from "@/lib/discrepancies/server/read-issues";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listIssuesEndpoint, apiContext, (ctx, { query }) => listIssues(ctx, query));
export const POST = serve(createIssueEndpoint, apiContext, (ctx, { body }) => createIssue(ctx, body));
