import { whoamiEndpoint } from "@/lib/identity/schema";
import { apiContext } from "@/lib/identity/server/api-context";
import { handleWhoami } from "@/lib/identity/server/api-handlers";
import { serve } from "@/lib/server/serve";

export const GET = serve(whoamiEndpoint, apiContext, handleWhoami);
