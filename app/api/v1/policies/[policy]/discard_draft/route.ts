import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { discardDraftEndpoint } from "@/lib/policies/policy-endpoints";
import { discardDraft } from "@/lib/policies/server/save-draft";
import { serve } from "@/lib/server/serve";

export const POST = serve(discardDraftEndpoint, apiContext, fromBoth(discardDraft));
