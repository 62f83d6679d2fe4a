import { askAuditorEndpoint } from "@/lib/discrepancies/endpoints";
import { giveBackToAuditor } from "@/lib/discrepancies/server/give-back-to-auditor";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(askAuditorEndpoint, apiContext, (ctx, { params }) =>
  giveBackToAuditor(ctx, { id: params.discrepancy }),
);
