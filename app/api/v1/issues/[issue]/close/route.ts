import { closeIssueEndpoint } from "@/lib/discrepancies/endpoints";
import { closeIssue } from "@/lib/discrepancies/server/close-issue";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(closeIssueEndpoint, apiContext, (ctx, { params }) =>
  closeIssue(ctx, { id: params.issue }),
);
