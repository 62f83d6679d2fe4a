"use server";

import { NewPlan, NewRubric, PlanRef, PreviewPlan, RubricRef, SendToAudit } from "@/lib/audits/plans";
import { closePlan } from "@/lib/audits/server/close-plan";
import { createPlan } from "@/lib/audits/server/create-plan";
import { archiveRubric, createRubric } from "@/lib/audits/server/create-rubric";
import { drawPlan } from "@/lib/audits/server/draw-plan";
import { previewPlan } from "@/lib/audits/server/preview-plan";
import { sendToAudit } from "@/lib/audits/server/send-to-audit";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const previewPlanAction = action(userActionContext, PreviewPlan, previewPlan);
export const createPlanAction = action(userActionContext, NewPlan, createPlan);
export const drawPlanAction = action(userActionContext, PlanRef, drawPlan);
export const closePlanAction = action(userActionContext, PlanRef, closePlan);
export const createRubricAction = action(userActionContext, NewRubric, createRubric);
export const archiveRubricAction = action(userActionContext, RubricRef, archiveRubric);
export const sendToAuditAction = action(userActionContext, SendToAudit, sendToAudit);
