import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { cancelFineTuneEndpoint } from "@/lib/learning/fine-tunes";
import { cancelFineTune } from "@/lib/learning/server/cancel-fine-tune";
import { serve } from "@/lib/server/serve";

export const POST = serve(cancelFineTuneEndpoint, apiContext, fromParams(cancelFineTune));
