import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { saveDraftEndpoint } from "@/lib/policies/policy-endpoints";
import { saveDraft } from "@/lib/policies/server/save-draft";
import { serve } from "@/lib/server/serve";

export const PUT = serve(saveDraftEndpoint, apiContext, fromBoth(saveDraft));
