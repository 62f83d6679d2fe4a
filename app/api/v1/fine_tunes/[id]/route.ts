import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { getFineTuneEndpoint } from "@/lib/learning/fine-tunes";
import { getFineTune } from "@/lib/learning/server/list-fine-tunes";
import { serve } from "@/lib/server/serve";

export const GET = serve(getFineTuneEndpoint, apiContext, fromParams(getFineTune));
