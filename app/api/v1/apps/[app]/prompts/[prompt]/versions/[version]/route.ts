import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { updateDraftEndpoint } from "@/lib/prompts/endpoints";
import { updateDraft } from "@/lib/prompts/server/update-draft";
import { serve } from "@/lib/server/serve";

export const PUT = serve(updateDraftEndpoint, apiContext, fromBoth(updateDraft));
