import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { tryPromptsEndpoint } from "@/lib/prompts/run-endpoints";
import { tryPrompts } from "@/lib/prompts/server/try-prompts";
import { serve } from "@/lib/server/serve";

export const POST = serve(tryPromptsEndpoint, apiContext, fromBoth(tryPrompts));
