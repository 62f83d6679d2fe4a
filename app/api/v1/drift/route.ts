import { fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { listDriftEndpoint } from "@/lib/monitors/drift-endpoints";
import { listDriftChecks } from "@/lib/monitors/server/list-drift-checks";
import { serve } from "@/lib/server/serve";

export const GET = serve(listDriftEndpoint, apiContext, fromQuery(listDriftChecks));
