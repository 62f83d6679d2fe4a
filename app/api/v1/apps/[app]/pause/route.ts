import { pauseAppEndpoint } from "@/lib/apps/endpoints";
import { pauseAppHandler } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(pauseAppEndpoint, apiContext, pauseAppHandler);
