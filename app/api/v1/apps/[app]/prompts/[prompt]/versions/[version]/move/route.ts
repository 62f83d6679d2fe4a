import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { moveVersionEndpoint } from "@/lib/prompts/endpoints";
import { moveVersion } from "@/lib/prompts/server/move-version";
import { serve } from "@/lib/server/serve";

export const POST = serve(moveVersionEndpoint, apiContext, fromBoth(moveVersion));
