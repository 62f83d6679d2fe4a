import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { createPromptEndpoint, listPromptsEndpoint } from "@/lib/prompts/endpoints";
import { createPrompt } from "@/lib/prompts/server/create-prompt";
import { listPromptsHandler } from "@/lib/prompts/server/handlers";
import { serve } from "@/lib/server/serve";

export const GET = serve(listPromptsEndpoint, apiContext, listPromptsHandler);
export const POST = serve(createPromptEndpoint, apiContext, fromBoth(createPrompt));
