import { attachDiscrepanciesEndpoint } from "@/lib/discrepancies/endpoints";
import { attachDiscrepancies } from "@/lib/discrepancies/server/attach-discrepancies";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(attachDiscrepanciesEndpoint, apiContext, (ctx, { params, body }) =>
  attachDiscrepancies(ctx, { ...body, id: params.issue }),
);
