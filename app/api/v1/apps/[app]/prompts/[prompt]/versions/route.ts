import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { saveVersionEndpoint } from "@/lib/prompts/endpoints";
import { saveVersion } from "@/lib/prompts/server/save-version";
import { serve } from "@/lib/server/serve";

export const POST = serve(saveVersionEndpoint, apiContext, fromBoth(saveVersion));
