import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { resolveIncidentEndpoint } from "@/lib/monitors/incidents";
import { resolveIncident } from "@/lib/monitors/server/resolve-incident";
import { serve } from "@/lib/server/serve";

export const POST = serve(resolveIncidentEndpoint, apiContext, fromBoth(resolveIncident));
