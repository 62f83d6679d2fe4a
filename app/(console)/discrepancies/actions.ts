"use server";

import { z } from "zod";
import {
  AttachDiscrepancies,
  ConfirmDiscrepancy,
  CreateIssue,
  DismissDiscrepancy,
  SetAuditor,
} from "@/lib/discrepancies/schema";
import { attachDiscrepancies } from "@/lib/discrepancies/server/attach-discrepancies";
import { confirmDiscrepancy } from "@/lib/discrepancies/server/confirm-discrepancy";
import { createIssue } from "@/lib/discrepancies/server/create-issue";
import { dismissDiscrepancy } from "@/lib/discrepancies/server/dismiss-discrepancy";
import { giveBackToAuditor } from "@/lib/discrepancies/server/give-back-to-auditor";
import { setAuditor } from "@/lib/discrepancies/server/set-auditor";
import { takeBackDiscrepancy } from "@/lib/discrepancies/server/take-back-discrepancy";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

const Ref = z.object({ id: z.string().max(64) });
const named = { id: Ref.shape.id };

export const confirmAction = action(userActionContext, ConfirmDiscrepancy.extend(named), confirmDiscrepancy);
export const dismissAction = action(userActionContext, DismissDiscrepancy.extend(named), dismissDiscrepancy);
export const reopenAction = action(userActionContext, Ref, takeBackDiscrepancy);
export const askAction = action(userActionContext, Ref, giveBackToAuditor);
export const attachAction = action(userActionContext, AttachDiscrepancies.extend(named), attachDiscrepancies);
export const createIssueAction = action(userActionContext, CreateIssue, createIssue);
export const setAuditorAction = action(
  userActionContext,
  SetAuditor.safeExtend({ app: z.string().max(64) }),
  setAuditor,
);
