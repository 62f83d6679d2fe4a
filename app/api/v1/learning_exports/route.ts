import { fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { createLearningExportEndpoint, listLearningExportsEndpoint } from "@/lib/learning/exports";
import { createLearningExport } from "@/lib/learning/server/create-learning-export";
import { listLearningExports } from "@/lib/learning/server/list-learning-exports";
import { Reply } from "@/lib/server/handle";
import { serve } from "@/lib/server/serve";

export const GET = serve(listLearningExportsEndpoint, apiContext, fromQuery(listLearningExports));
export const POST = serve(createLearningExportEndpoint, apiContext, async (ctx, { body }) => {
  const made = await createLearningExport(ctx, body);
  return new Reply(made, { headers: { Location: `/api/v1/learning_exports/${made.id}` } });
});
