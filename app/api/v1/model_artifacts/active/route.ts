import { fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { activeArtifactEndpoint } from "@/lib/learning/trainings";
import { getActiveArtifact } from "@/lib/learning/server/get-active-artifact";
import { serve } from "@/lib/server/serve";

export const GET = serve(activeArtifactEndpoint, apiContext, fromQuery(getActiveArtifact));
