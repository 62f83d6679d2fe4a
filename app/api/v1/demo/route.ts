import { getDemoEndpoint, setDemoEndpoint } from "@/lib/apps/demo";
import { getDemoControls, setDemoControls } from "@/lib/apps/server/demo-controls";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getDemoEndpoint, apiContext, getDemoControls);
export const PUT = serve(setDemoEndpoint, apiContext, setDemoControls);
