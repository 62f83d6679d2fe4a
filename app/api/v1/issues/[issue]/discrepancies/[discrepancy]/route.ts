import { detachDiscrepancyEndpoint } from "@/lib/discrepancies/endpoints";
import { removeFromIssue } from "@/lib/discrepancies/server/remove-from-issue";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const DELETE = serve(detachDiscrepancyEndpoint, apiContext, (ctx, { params }) =>
  removeFromIssue(ctx, { id: params.issue, discrepancyId: params.discrepancy }),
);
