import { fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { listIncidentsEndpoint } from "@/lib/monitors/incidents";
import { listIncidents } from "@/lib/monitors/server/list-incidents";
import { serve } from "@/lib/server/serve";

export const GET = serve(listIncidentsEndpoint, apiContext, fromQuery(listIncidents));
