import { fromParams } from "@/lib/apps/server/handlers";
import { listTools } from "@/lib/execution/server/list-tools";
import { listToolsEndpoint } from "@/lib/execution/tools";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listToolsEndpoint, apiContext, fromParams(listTools));
