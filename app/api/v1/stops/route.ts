import { listStopsEndpoint, stopEndpoint } from "@/lib/apps/endpoints";
import { listStops } from "@/lib/apps/server/list-stops";
import { stop } from "@/lib/apps/server/stop";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";
import { fromBody, fromQuery } from "@/lib/apps/server/handlers";

export const GET = serve(listStopsEndpoint, apiContext, fromQuery(listStops));
export const POST = serve(stopEndpoint, apiContext, fromBody(stop));
