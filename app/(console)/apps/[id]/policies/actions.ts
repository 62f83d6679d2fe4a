"use server";

import { userActionContext } from "@/lib/identity/server/user-context";
import { changePolicy } from "@/lib/policies/server/change-policy";
import { evaluatePolicy } from "@/lib/policies/server/check-policy";
import { createPolicy } from "@/lib/policies/server/create-policy";
import { publishPolicy } from "@/lib/policies/server/publish-policy";
import { rollBackPolicy } from "@/lib/policies/server/roll-back-policy";
import { discardDraft, saveDraft } from "@/lib/policies/server/save-draft";
import { endShadow, startShadow } from "@/lib/policies/server/start-shadow";
import {
  ChangePolicy,
  CheckRules,
  CreatePolicy,
  PolicyStep,
  RollBack,
  SaveDraft,
} from "@/lib/policies/views";
import { action } from "@/lib/server/action";

export const createPolicyAction = action(userActionContext, CreatePolicy, createPolicy);
export const changePolicyAction = action(userActionContext, ChangePolicy, changePolicy);
export const checkRulesAction = action(userActionContext, CheckRules, evaluatePolicy);
export const saveDraftAction = action(userActionContext, SaveDraft, saveDraft);
export const discardDraftAction = action(userActionContext, PolicyStep, discardDraft);
export const startShadowAction = action(userActionContext, PolicyStep, startShadow);
export const endShadowAction = action(userActionContext, PolicyStep, endShadow);
export const publishPolicyAction = action(userActionContext, PolicyStep, publishPolicy);
export const rollBackPolicyAction = action(userActionContext, RollBack, rollBackPolicy);
