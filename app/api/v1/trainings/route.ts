import { fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { listTrainingsEndpoint, startTrainingEndpoint } from "@/lib/learning/trainings";
import { listTrainings } from "@/lib/learning/server/list-trainings";
import { startTraining } from "@/lib/learning/server/start-training";
import { Reply } from "@/lib/server/handle";
import { serve } from "@/lib/server/serve";

export const GET = serve(listTrainingsEndpoint, apiContext, fromQuery(listTrainings));
export const POST = serve(startTrainingEndpoint, apiContext, async (ctx, { body }) => {
  const made = await startTraining(ctx, body);
  return new Reply(made, { headers: { Location: `/api/v1/trainings/${made.id}` } });
});
