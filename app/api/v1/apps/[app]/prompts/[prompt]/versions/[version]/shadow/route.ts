import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { shadowComparisonEndpoint } from "@/lib/prompts/endpoints";
import { compareShadow } from "@/lib/prompts/server/compare-shadow";
import { serve } from "@/lib/server/serve";

export const GET = serve(shadowComparisonEndpoint, apiContext, fromParams(compareShadow));
