import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { resolveFineTuneEndpoint } from "@/lib/learning/fine-tunes";
import { resolveFineTune } from "@/lib/learning/server/resolve-fine-tune";
import { serve } from "@/lib/server/serve";

export const POST = serve(resolveFineTuneEndpoint, apiContext, fromBoth(resolveFineTune));
