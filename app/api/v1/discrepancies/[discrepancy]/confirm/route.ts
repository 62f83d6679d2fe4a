import { confirmDiscrepancyEndpoint } from "@/lib/discrepancies/endpoints";
import { confirmDiscrepancy } from "@/lib/discrepancies/server/confirm-discrepancy";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(confirmDiscrepancyEndpoint, apiContext, (ctx, { params, body }) =>
  confirmDiscrepancy(ctx, { ...body, id: params.discrepancy }),
);
