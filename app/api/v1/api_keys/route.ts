import { createApiKeyEndpoint, listApiKeysEndpoint } from "@/lib/identity/schema";
import { apiContext } from "@/lib/identity/server/api-context";
import { handleCreateApiKey, handleListApiKeys } from "@/lib/identity/server/api-handlers";
import { serve } from "@/lib/server/serve";

export const GET = serve(listApiKeysEndpoint, apiContext, handleListApiKeys);
export const POST = serve(createApiKeyEndpoint, apiContext, handleCreateApiKey);
