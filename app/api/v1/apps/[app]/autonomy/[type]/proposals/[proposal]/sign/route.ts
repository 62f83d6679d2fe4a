import { signRaiseEndpoint } from "@/lib/apps/raise-endpoints";
import { fromParams } from "@/lib/apps/server/handlers";
import { signRaise } from "@/lib/apps/server/sign-raise";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(signRaiseEndpoint, apiContext, fromParams(signRaise));
