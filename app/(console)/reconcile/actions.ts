"use server";

import { StartReconciliation } from "@/lib/execution/reconciliation";
import { startReconciliation } from "@/lib/execution/server/start-reconciliation";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const startReconciliationAction = action(userActionContext, StartReconciliation, startReconciliation);
