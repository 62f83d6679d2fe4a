"use server";

import { userActionContext } from "@/lib/identity/server/user-context";
import { ApprovalRuleInput, ApprovalRuleRef, UpdateApprovalRule } from "@/lib/reviews/approval-rules";
import { DelegationInput, DelegationRef } from "@/lib/reviews/delegations";
import { createApprovalRule } from "@/lib/reviews/server/create-approval-rule";
import { createDelegation, revokeDelegation } from "@/lib/reviews/server/delegations";
import { deleteApprovalRule, updateApprovalRule } from "@/lib/reviews/server/update-approval-rule";
import { action } from "@/lib/server/action";

export const createRuleAction = action(userActionContext, ApprovalRuleInput, createApprovalRule);
export const updateRuleAction = action(userActionContext, UpdateApprovalRule, updateApprovalRule);
export const removeRuleAction = action(userActionContext, ApprovalRuleRef, deleteApprovalRule);
export const lendAction = action(userActionContext, DelegationInput, createDelegation);
export const revokeAction = action(userActionContext, DelegationRef, revokeDelegation);
