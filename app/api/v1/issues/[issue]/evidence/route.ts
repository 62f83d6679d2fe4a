import { listIssueEvidenceEndpoint } from "@/lib/discrepancies/endpoints";
import { listIssueEvidence } from "@/lib/discrepancies/server/list-issue-evidence";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listIssueEvidenceEndpoint, apiContext, (ctx, { params, query }) =>
  listIssueEvidence(ctx, { ...query, id: params.issue }),
);
