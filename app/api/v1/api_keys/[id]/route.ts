import { revokeApiKeyEndpoint } from "@/lib/identity/schema";
import { apiContext } from "@/lib/identity/server/api-context";
import { handleRevokeApiKey } from "@/lib/identity/server/api-handlers";
import { serve } from "@/lib/server/serve";

export const DELETE = serve(revokeApiKeyEndpoint, apiContext, handleRevokeApiKey);
