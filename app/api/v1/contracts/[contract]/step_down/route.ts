import { fromBoth } from "@/lib/apps/server/handlers";
import { stepDownEndpoint } from "@/lib/autonomy/endpoints";
import { stepDownContract } from "@/lib/autonomy/server/step-down-contract";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(stepDownEndpoint, apiContext, fromBoth(stepDownContract));
