import { compensateExecution } from "@/lib/execution/server/compensate-execution";
import { compensateExecutionEndpoint } from "@/lib/execution/undo";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(compensateExecutionEndpoint, apiContext, compensateExecution);
