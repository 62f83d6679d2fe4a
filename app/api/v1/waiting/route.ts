import { apiContext } from "@/lib/identity/server/api-context";
import { countWaiting } from "@/lib/monitors/server/count-waiting";
import { countWaitingEndpoint } from "@/lib/monitors/waiting";
import { serve } from "@/lib/server/serve";

export const GET = serve(countWaitingEndpoint, apiContext, countWaiting);
