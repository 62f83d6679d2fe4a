import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { cancelLearningExportEndpoint } from "@/lib/learning/exports";
import { cancelLearningExport } from "@/lib/learning/server/cancel-learning-export";
import { serve } from "@/lib/server/serve";

export const POST = serve(cancelLearningExportEndpoint, apiContext, fromParams(cancelLearningExport));
