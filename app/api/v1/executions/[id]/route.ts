import { getExecutionEndpoint } from "@/lib/execution/schema";
import { getExecution } from "@/lib/execution/server/get-execution";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getExecutionEndpoint, apiContext, (ctx, { params }) => getExecution(ctx, params));
