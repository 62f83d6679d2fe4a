import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { restoreArtifactEndpoint } from "@/lib/learning/trainings";
import { restoreArtifact } from "@/lib/learning/server/restore-artifact";
import { serve } from "@/lib/server/serve";

export const POST = serve(restoreArtifactEndpoint, apiContext, fromParams(restoreArtifact));
