import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { getPromptEndpoint } from "@/lib/prompts/endpoints";
import { getPrompt } from "@/lib/prompts/server/get-prompt";
import { serve } from "@/lib/server/serve";

export const GET = serve(getPromptEndpoint, apiContext, fromParams(getPrompt));
