import { deleteIssueEndpoint, getIssueEndpoint, updateIssueEndpoint } from "@/lib/discrepancies/endpoints";
import { deleteIssue } from "@/lib/discrepancies/server/delete-issue";
import { getIssue } from "@/lib/discrepancies/server/read-issues";
import { updateIssue } from "@/lib/discrepancies/server/update-issue";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getIssueEndpoint, apiContext, (ctx, { params }) =>
  getIssue(ctx, { id: params.issue }),
);
export const PATCH = serve(updateIssueEndpoint, apiContext, (ctx, { params, body }) =>
  updateIssue(ctx, { ...body, id: params.issue }),
);
export const DELETE = serve(deleteIssueEndpoint, apiContext, (ctx, { params }) =>
  deleteIssue(ctx, { id: params.issue }),
);
