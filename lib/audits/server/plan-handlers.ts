import type { Context } from "@/lib/server/context";
import type { ListQuery } from "@/lib/kernel/list";
import type { NewPlan, NewRubric, PreviewPlan, SendToAudit } from "../plans";
import { auditAgreement } from "./audit-agreement";
import { closePlan } from "./close-plan";
import { createPlan } from "./create-plan";
import { archiveRubric, createRubric } from "./create-rubric";
import { drawPlan } from "./draw-plan";
import { getPlan } from "./get-plan";
import { listPlans } from "./list-plans";
import { listRubrics } from "./list-rubrics";
import { previewPlan } from "./preview-plan";
import { sendToAudit } from "./send-to-audit";

type OfPlan = { params: { plan: string } };

export const answerAgreement = (ctx: Context, { query }: { query: { plan?: string | undefined } }) =>
  auditAgreement(ctx, query);
export const answerSend = (ctx: Context, { body }: { body: SendToAudit }) => sendToAudit(ctx, body);
export const answerListPlans = (ctx: Context, { query }: { query: ListQuery }) => listPlans(ctx, query);
export const answerCreatePlan = (ctx: Context, { body }: { body: NewPlan }) => createPlan(ctx, body);
export const answerPreviewPlan = (ctx: Context, { body }: { body: PreviewPlan }) => previewPlan(ctx, body);
export const answerGetPlan = (ctx: Context, { params }: OfPlan) => getPlan(ctx, { planId: params.plan });
export const answerDrawPlan = (ctx: Context, { params }: OfPlan) => drawPlan(ctx, { planId: params.plan });
export const answerClosePlan = (ctx: Context, { params }: OfPlan) => closePlan(ctx, { planId: params.plan });
export const answerListRubrics = (ctx: Context, { query }: { query: ListQuery }) => listRubrics(ctx, query);
export const answerCreateRubric = (ctx: Context, { body }: { body: NewRubric }) => createRubric(ctx, body);
export const answerArchiveRubric = (ctx: Context, { params }: { params: { rubric: string } }) =>
  archiveRubric(ctx, { rubricId: params.rubric });
