"use server";

import { CreateBudget, SignBudget, UpdateBudget } from "@/lib/apps/budgets";
import { createBudget } from "@/lib/apps/server/create-budget";
import { signBudget } from "@/lib/apps/server/sign-budget";
import { updateBudget } from "@/lib/apps/server/update-budget";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const createBudgetAction = action(userActionContext, CreateBudget, createBudget);
export const signBudgetAction = action(userActionContext, SignBudget, signBudget);
export const updateBudgetAction = action(userActionContext, UpdateBudget, updateBudget);
