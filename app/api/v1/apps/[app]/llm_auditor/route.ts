import { getAuditorEndpoint, setAuditorEndpoint } from "@/lib/discrepancies/endpoints";
import { getAuditor } from "@/lib/discrepancies/server/read-auditors";
import { setAuditor } from "@/lib/discrepancies/server/set-auditor";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getAuditorEndpoint, apiContext, (ctx, { params }) => getAuditor(ctx, params));
export const PUT = serve(setAuditorEndpoint, apiContext, (ctx, { params, body }) =>
  setAuditor(ctx, { ...body, app: params.app }),
);
