import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { archivePromptEndpoint } from "@/lib/prompts/endpoints";
import { archivePrompt } from "@/lib/prompts/server/archive-prompt";
import { serve } from "@/lib/server/serve";

export const POST = serve(archivePromptEndpoint, apiContext, fromParams(archivePrompt));
