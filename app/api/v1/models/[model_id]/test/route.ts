import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { testModelEndpoint } from "@/lib/models/catalogue";
import { testModel } from "@/lib/models/server/test-model";
import { serve } from "@/lib/server/serve";

export const POST = serve(testModelEndpoint, apiContext, fromParams(testModel));
