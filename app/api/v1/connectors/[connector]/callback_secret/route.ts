import { setCallbackSecretEndpoint } from "@/lib/apps/callback-secret";
import { fromBoth } from "@/lib/apps/server/handlers";
import { setCallbackSecret } from "@/lib/apps/server/set-callback-secret";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(setCallbackSecretEndpoint, apiContext, fromBoth(setCallbackSecret));
