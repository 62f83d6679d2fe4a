import { fromBoth } from "@/lib/apps/server/handlers";
import { resolveExecutionEndpoint } from "@/lib/execution/desk";
import { resolveExecution } from "@/lib/execution/server/resolve-execution";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(resolveExecutionEndpoint, apiContext, fromBoth(resolveExecution));
