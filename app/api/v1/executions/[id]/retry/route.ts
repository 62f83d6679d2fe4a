import { fromBoth } from "@/lib/apps/server/handlers";
import { retryExecutionEndpoint } from "@/lib/execution/desk";
import { retryExecution } from "@/lib/execution/server/retry-execution";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(retryExecutionEndpoint, apiContext, fromBoth(retryExecution));
