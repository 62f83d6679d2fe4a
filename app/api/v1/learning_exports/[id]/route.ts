import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { getLearningExportEndpoint } from "@/lib/learning/exports";
import { getLearningExport } from "@/lib/learning/server/list-learning-exports";
import { serve } from "@/lib/server/serve";

export const GET = serve(getLearningExportEndpoint, apiContext, fromParams(getLearningExport));
