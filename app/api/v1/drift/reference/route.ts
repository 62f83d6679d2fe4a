import { fromBody } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { setDriftReferenceEndpoint } from "@/lib/monitors/drift-endpoints";
import { setDriftReference } from "@/lib/monitors/server/set-drift-reference";
import { serve } from "@/lib/server/serve";

export const PUT = serve(setDriftReferenceEndpoint, apiContext, fromBody(setDriftReference));
