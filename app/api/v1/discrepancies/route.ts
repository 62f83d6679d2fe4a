import { listDiscrepanciesEndpoint } from "@/lib/discrepancies/endpoints";
import { listDiscrepancies } from "@/lib/discrepancies/server/list-discrepancies";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listDiscrepanciesEndpoint, apiContext, (ctx, { query }) =>
  listDiscrepancies(ctx, query),
);
