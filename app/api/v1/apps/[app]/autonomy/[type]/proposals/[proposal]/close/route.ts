import { closeRaiseEndpoint } from "@/lib/apps/raise-endpoints";
import { fromBoth } from "@/lib/apps/server/handlers";
import { closeRaise } from "@/lib/apps/server/close-raise";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(closeRaiseEndpoint, apiContext, fromBoth(closeRaise));
