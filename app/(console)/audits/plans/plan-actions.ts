import type { PlanActions } from "@/components/audits/plan-actions";
import {
  archiveRubricAction,
  closePlanAction,
  createPlanAction,
  createRubricAction,
  drawPlanAction,
  previewPlanAction,
} from "./actions";

export const planActions: PlanActions = {
  preview: previewPlanAction,
  create: createPlanAction,
  draw: drawPlanAction,
  close: closePlanAction,
  createRubric: createRubricAction,
  archiveRubric: archiveRubricAction,
};
