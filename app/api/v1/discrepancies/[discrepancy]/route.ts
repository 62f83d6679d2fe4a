import { getDiscrepancyEndpoint } from "@/lib/discrepancies/endpoints";
import { getDiscrepancy } from "@/lib/discrepancies/server/get-discrepancy";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getDiscrepancyEndpoint, apiContext, (ctx, { params }) =>
  getDiscrepancy(ctx, { id: params.discrepancy }),
);
