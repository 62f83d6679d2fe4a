import { reopenDiscrepancyEndpoint } from "@/lib/discrepancies/endpoints";
import { takeBackDiscrepancy } from "@/lib/discrepancies/server/take-back-discrepancy";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(reopenDiscrepancyEndpoint, apiContext, (ctx, { params }) =>
  takeBackDiscrepancy(ctx, { id: params.discrepancy }),
);
