import { notFound } from "next/navigation";
import { auditActions } from "@/app/(console)/audits/audit-actions";
import { AgreementPanel } from "@/components/audits/agreement-panel";
import { NextButton } from "@/components/audits/next-button";
import { PlanAbout } from "@/components/audits/plan-about";
import { PlanButtons } from "@/components/audits/plan-buttons";
import { PlanStatusBadge } from "@/components/audits/plan-status-badge";
import { PlanStrata } from "@/components/audits/plan-strata";
import { PlanTiles } from "@/components/audits/plan-tiles";
import { RubricResults } from "@/components/audits/rubric-results";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import type { PlanView } from "@/lib/audits/plans";
import { auditAgreement } from "@/lib/audits/server/audit-agreement";
import { getPlan } from "@/lib/audits/server/get-plan";
import { previewPlan } from "@/lib/audits/server/preview-plan";
import { roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { planActions } from "../plan-actions";
import { titled } from "../../../titled";

export const generateMetadata = titled(
  "Sampling plan",
  async (ctx, { planId }: { planId: string }) => (await getPlan(ctx, { planId })).name,
);

export default async function PlanPage({ params }: { params: Promise<{ planId: string }> }) {
  const [ctx, { planId }] = [await userContext(), await params];
  if (!roleMay(ctx.actor.role, "audits.read")) notFound();
  const plan = await getPlan(ctx, { planId }).catch(absent);
  if (!plan) notFound();
  const [agreement, expected] = await Promise.all([
    plan.judges_needed > 1 && plan.status !== "draft" ? auditAgreement(ctx, { plan: planId }) : null,
    expectedOf(ctx, plan),
  ]);
  const judges = roleMay(ctx.actor.role, "audits.judge") && plan.status !== "draft";
  const mayPlan = roleMay(ctx.actor.role, "audits.plan");
  return (
    <Page>
      <PageHeader
        back={{ href: "/audits/plans", label: "Sampling plans" }}
        title={plan.name}
        badges={<PlanStatusBadge status={plan.status} />}
        description={
          plan.drawn_at === null ? (
            <>
              Written by {plan.created_by}, <Time at={plan.created_at} />
            </>
          ) : (
            <>
              Drawn <Time at={plan.drawn_at} />
            </>
          )
        }
        actions={
          <>
            {judges ? (
              <NextButton next={auditActions.next} filter={{ plan: plan.id }} label="Judge next of plan" />
            ) : null}
            {mayPlan ? <PlanButtons plan={plan} expected={expected} actions={planActions} /> : null}
          </>
        }
      />
      <PlanTiles plan={plan} expected={expected} />
      <PlanStrata plan={plan} />
      {agreement ? <AgreementPanel agreement={agreement} /> : null}
      {plan.status === "draft" ? null : <RubricResults plan={plan} />}
      <PlanAbout plan={plan} />
    </Page>
  );
}

/** How many a draft would draw now; null where it is drawn, or its expression no longer holds. */
async function expectedOf(ctx: UserContext, plan: PlanView): Promise<number | null> {
  if (plan.status !== "draft" || !roleMay(ctx.actor.role, "audits.plan")) return null;
  const found = await previewPlan(ctx, { kind: plan.kind, spec: plan.spec, share: 0.5 });
  return found.total.expected;
}

function absent(error: unknown): undefined {
  if (error instanceof DomainError && error.kind === "not_found") return undefined;
  throw error;
}
