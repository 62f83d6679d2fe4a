import { apiContext } from "@/lib/identity/server/api-context";
import { listRunsEndpoint, makeRunEndpoint } from "@/lib/prompts/run-endpoints";
import { listRunsHandler } from "@/lib/prompts/server/handlers";
import { makeRun } from "@/lib/prompts/server/make-run";
import { serve } from "@/lib/server/serve";

export const GET = serve(listRunsEndpoint, apiContext, listRunsHandler);
export const POST = serve(makeRunEndpoint, apiContext, makeRun);
