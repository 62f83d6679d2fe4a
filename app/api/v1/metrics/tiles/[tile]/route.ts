import { tileEndpoint } from "@/lib/evaluations/board-schema";
import { answerTile } from "@/lib/evaluations/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(tileEndpoint, apiContext, answerTile);
