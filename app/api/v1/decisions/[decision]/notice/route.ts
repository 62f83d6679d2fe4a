import { apiContext } from "@/lib/identity/server/api-context";
import { offerAppealEndpoint } from "@/lib/notices/appeals";
import { offerAppeal } from "@/lib/notices/server/offer-appeal";
import { serve } from "@/lib/server/serve";

export const POST = serve(offerAppealEndpoint, apiContext, offerAppeal);
