import { fromBoth } from "@/lib/apps/server/handlers";
import { rollBackEndpoint } from "@/lib/autonomy/endpoints";
import { rollBack } from "@/lib/autonomy/server/roll-back";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(rollBackEndpoint, apiContext, fromBoth(rollBack));
