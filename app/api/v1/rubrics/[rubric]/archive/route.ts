import { archiveRubricEndpoint } from "@/lib/audits/plan-endpoints";
import { answerArchiveRubric } from "@/lib/audits/server/plan-handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(archiveRubricEndpoint, apiContext, answerArchiveRubric);
