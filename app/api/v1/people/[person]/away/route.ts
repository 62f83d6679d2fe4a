import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { setAwayEndpoint } from "@/lib/reviews/passing";
import { setAway } from "@/lib/reviews/server/set-away";
import { serve } from "@/lib/server/serve";

export const PUT = serve(setAwayEndpoint, apiContext, fromBoth(setAway));
