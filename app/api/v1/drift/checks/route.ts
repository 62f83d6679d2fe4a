import { fromBody } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { checkDriftEndpoint } from "@/lib/monitors/drift-endpoints";
import { checkDrift } from "@/lib/monitors/server/check-drift";
import { serve } from "@/lib/server/serve";

export const POST = serve(checkDriftEndpoint, apiContext, fromBody(checkDrift));
