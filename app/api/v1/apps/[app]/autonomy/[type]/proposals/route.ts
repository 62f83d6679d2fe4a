import { proposeRaiseEndpoint } from "@/lib/apps/raise-endpoints";
import { fromBoth } from "@/lib/apps/server/handlers";
import { proposeRaise } from "@/lib/apps/server/propose-raise";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(proposeRaiseEndpoint, apiContext, fromBoth(proposeRaise));
