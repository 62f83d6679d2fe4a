import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import {
  deleteApprovalRuleEndpoint,
  getApprovalRuleEndpoint,
  updateApprovalRuleEndpoint,
} from "@/lib/reviews/approval-rules";
import { getApprovalRule } from "@/lib/reviews/server/list-approval-rules";
import { deleteApprovalRule, updateApprovalRule } from "@/lib/reviews/server/update-approval-rule";
import { serve } from "@/lib/server/serve";

export const GET = serve(getApprovalRuleEndpoint, apiContext, (ctx, { params }) =>
  getApprovalRule(ctx, params),
);
export const PATCH = serve(updateApprovalRuleEndpoint, apiContext, fromBoth(updateApprovalRule));
export const DELETE = serve(deleteApprovalRuleEndpoint, apiContext, (ctx, { params }) =>
  deleteApprovalRule(ctx, params),
);
