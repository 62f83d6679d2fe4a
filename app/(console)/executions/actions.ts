"use server";

import { LookUpExecution } from "@/lib/execution/schema";
import { lookUpExecution } from "@/lib/execution/server/look-up-execution";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const lookUpExecutionAction = action(userActionContext, LookUpExecution, lookUpExecution);
