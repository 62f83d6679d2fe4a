import type { Answer } from "@/components/identity/use-submit";
import type { z } from "zod";
import type {
  NewPlan,
  NewRubric,
  PlanPreview,
  PlanView,
  PreviewPlan,
  RubricView,
  SendToAudit,
} from "@/lib/audits/plans";

/** The server actions of the plan pages, handed down by their page. */
export type PlanActions = {
  preview: (input: z.input<typeof PreviewPlan>) => Promise<Answer<PlanPreview>>;
  create: (input: z.input<typeof NewPlan>) => Promise<Answer<PlanView>>;
  draw: (input: { planId: string }) => Promise<Answer<PlanView>>;
  close: (input: { planId: string }) => Promise<Answer<PlanView>>;
  createRubric: (input: z.input<typeof NewRubric>) => Promise<Answer<RubricView>>;
  archiveRubric: (input: { rubricId: string }) => Promise<Answer<RubricView>>;
};

export type SendAction = (input: z.input<typeof SendToAudit>) => Promise<Answer<unknown>>;
