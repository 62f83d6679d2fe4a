"use server";

import { ResolveExecution, RetryExecution } from "@/lib/execution/desk";
import { LookUpExecution } from "@/lib/execution/schema";
import { lookUpExecution } from "@/lib/execution/server/look-up-execution";
import { resolveExecution } from "@/lib/execution/server/resolve-execution";
import { retryExecution } from "@/lib/execution/server/retry-execution";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const lookUpExecutionAction = action(userActionContext, LookUpExecution, lookUpExecution);
export const resolveExecutionAction = action(userActionContext, ResolveExecution, resolveExecution);
export const retryExecutionAction = action(userActionContext, RetryExecution, retryExecution);
