import { confusionEndpoint } from "@/lib/evaluations/schema";
import { answerConfusion } from "@/lib/evaluations/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(confusionEndpoint, apiContext, answerConfusion);
