"use server";

import { z } from "zod";
import { UpdateIssue } from "@/lib/discrepancies/schema";
import { closeIssue } from "@/lib/discrepancies/server/close-issue";
import { removeFromIssue } from "@/lib/discrepancies/server/remove-from-issue";
import { updateIssue } from "@/lib/discrepancies/server/update-issue";
import { TryIssue } from "@/lib/experiments/issue-endpoints";
import { refreshIssueSet } from "@/lib/experiments/server/refresh-issue-set";
import { startIssueExperiment } from "@/lib/experiments/server/start-issue-experiment";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

const Id = z.string().max(64);

export const updateIssueAction = action(userActionContext, UpdateIssue.extend({ id: Id }), updateIssue);
export const closeIssueAction = action(userActionContext, z.object({ id: Id }), closeIssue);
export const removeFromIssueAction = action(
  userActionContext,
  z.object({ id: Id, discrepancyId: Id }),
  removeFromIssue,
);
export const refreshIssueSetAction = action(userActionContext, z.object({ issue: Id }), refreshIssueSet);
export const tryIssueAction = action(userActionContext, TryIssue.extend({ issue: Id }), startIssueExperiment);
