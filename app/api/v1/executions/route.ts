import { listExecutionsEndpoint } from "@/lib/execution/schema";
import { listExecutions } from "@/lib/execution/server/list-executions";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listExecutionsEndpoint, apiContext, listExecutions);
