import { fromBody, fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { createApprovalRuleEndpoint, listApprovalRulesEndpoint } from "@/lib/reviews/approval-rules";
import { createApprovalRule } from "@/lib/reviews/server/create-approval-rule";
import { listApprovalRules } from "@/lib/reviews/server/list-approval-rules";
import { serve } from "@/lib/server/serve";

export const GET = serve(listApprovalRulesEndpoint, apiContext, fromQuery(listApprovalRules));
export const POST = serve(createApprovalRuleEndpoint, apiContext, fromBody(createApprovalRule));
