import { getCertificationEndpoint } from "@/lib/execution/certification";
import { getCertification } from "@/lib/execution/server/get-certification";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getCertificationEndpoint, apiContext, getCertification);
