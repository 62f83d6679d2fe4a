"use server";

import { CreateDecisionType, UpdateDecisionType } from "@/lib/apps/inputs";
import { createDecisionType } from "@/lib/apps/server/create-decision-type";
import { updateDecisionType } from "@/lib/apps/server/update-decision-type";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const createDecisionTypeAction = action(userActionContext, CreateDecisionType, createDecisionType);
export const updateDecisionTypeAction = action(userActionContext, UpdateDecisionType, updateDecisionType);
