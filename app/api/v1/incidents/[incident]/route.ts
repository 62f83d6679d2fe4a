import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { getIncidentEndpoint } from "@/lib/monitors/incidents";
import { getIncident } from "@/lib/monitors/server/get-incident";
import { serve } from "@/lib/server/serve";

export const GET = serve(getIncidentEndpoint, apiContext, fromParams(getIncident));
