import { lookUpExecutionEndpoint } from "@/lib/execution/desk";
import { lookUpForApi } from "@/lib/execution/server/look-up-execution";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(lookUpExecutionEndpoint, apiContext, (ctx, { params }) =>
  lookUpForApi(ctx, params),
);
