import { overviewEndpoint } from "@/lib/evaluations/schema";
import { answerOverview } from "@/lib/evaluations/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(overviewEndpoint, apiContext, answerOverview);
