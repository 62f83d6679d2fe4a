import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { fitVersionEndpoint } from "@/lib/prompts/endpoints";
import { fitVersion } from "@/lib/prompts/server/fit-version";
import { serve } from "@/lib/server/serve";

export const POST = serve(fitVersionEndpoint, apiContext, fromBoth(fitVersion));
