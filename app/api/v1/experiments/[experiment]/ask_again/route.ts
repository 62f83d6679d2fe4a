import { fromBoth } from "@/lib/apps/server/handlers";
import { askAgainEndpoint } from "@/lib/experiments/experiment-endpoints";
import { askAgain } from "@/lib/experiments/server/ask-again";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(askAgainEndpoint, apiContext, fromBoth(askAgain));
