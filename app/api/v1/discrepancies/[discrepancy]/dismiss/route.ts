import { dismissDiscrepancyEndpoint } from "@/lib/discrepancies/endpoints";
import { dismissDiscrepancy } from "@/lib/discrepancies/server/dismiss-discrepancy";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(dismissDiscrepancyEndpoint, apiContext, (ctx, { params, body }) =>
  dismissDiscrepancy(ctx, { ...body, id: params.discrepancy }),
);
