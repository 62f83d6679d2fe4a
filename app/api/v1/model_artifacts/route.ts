import { fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { listArtifactsEndpoint } from "@/lib/learning/trainings";
import { listArtifacts } from "@/lib/learning/server/list-trainings";
import { serve } from "@/lib/server/serve";

export const GET = serve(listArtifactsEndpoint, apiContext, fromQuery(listArtifacts));
