import { resumeEndpoint } from "@/lib/apps/endpoints";
import { resume } from "@/lib/apps/server/resume";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";
import { fromBody } from "@/lib/apps/server/handlers";

export const POST = serve(resumeEndpoint, apiContext, fromBody(resume));
