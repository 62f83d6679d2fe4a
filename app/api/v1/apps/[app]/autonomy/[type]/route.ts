import { getAutonomyEndpoint, setAutonomyEndpoint } from "@/lib/apps/endpoints";
import { getAutonomyHandler, setAutonomyHandler } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getAutonomyEndpoint, apiContext, getAutonomyHandler);
export const PUT = serve(setAutonomyEndpoint, apiContext, setAutonomyHandler);
