import { fromBoth, fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { getModelEndpoint, updateModelEndpoint } from "@/lib/models/catalogue";
import { getModel } from "@/lib/models/server/get-model";
import { updateModel } from "@/lib/models/server/update-model";
import { serve } from "@/lib/server/serve";

export const GET = serve(getModelEndpoint, apiContext, fromParams(getModel));
export const PATCH = serve(updateModelEndpoint, apiContext, fromBoth(updateModel));
