import { fromBody, fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { createModelEndpoint, listModelsEndpoint } from "@/lib/models/catalogue";
import { createModel } from "@/lib/models/server/create-model";
import { listModels } from "@/lib/models/server/list-models";
import { serve } from "@/lib/server/serve";

export const GET = serve(listModelsEndpoint, apiContext, fromQuery(listModels));
export const POST = serve(createModelEndpoint, apiContext, fromBody(createModel));
