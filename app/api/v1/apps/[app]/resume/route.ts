import { resumeAppEndpoint } from "@/lib/apps/endpoints";
import { resumeAppHandler } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(resumeAppEndpoint, apiContext, resumeAppHandler);
