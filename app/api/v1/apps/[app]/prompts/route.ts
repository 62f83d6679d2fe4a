import { fromBoth, fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { createPromptEndpoint, listPromptsEndpoint } from "@/lib/prompts/endpoints";
import { createPrompt } from "@/lib/prompts/server/create-prompt";
import { listPrompts } from "@/lib/prompts/server/list-prompts";
import { serve } from "@/lib/server/serve";

export const GET = serve(listPromptsEndpoint, apiContext, fromParams(listPrompts));
export const POST = serve(createPromptEndpoint, apiContext, fromBoth(createPrompt));
