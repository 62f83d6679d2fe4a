import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { acknowledgeIncidentEndpoint } from "@/lib/monitors/incidents";
import { acknowledgeIncident } from "@/lib/monitors/server/acknowledge-incident";
import { serve } from "@/lib/server/serve";

export const POST = serve(acknowledgeIncidentEndpoint, apiContext, fromBoth(acknowledgeIncident));
