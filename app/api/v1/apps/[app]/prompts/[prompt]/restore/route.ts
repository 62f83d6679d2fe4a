import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { restorePromptEndpoint } from "@/lib/prompts/endpoints";
import { restorePrompt } from "@/lib/prompts/server/archive-prompt";
import { serve } from "@/lib/server/serve";

export const POST = serve(restorePromptEndpoint, apiContext, fromParams(restorePrompt));
