import { volumeEndpoint } from "@/lib/evaluations/schema";
import { answerVolume } from "@/lib/evaluations/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(volumeEndpoint, apiContext, answerVolume);
