import type { Metadata } from "next";
import { PlansTable } from "@/components/audits/plans-table";
import { RubricsCard } from "@/components/audits/rubrics-card";
import { NoPermission } from "@/components/identity/no-permission";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { listPlans } from "@/lib/audits/server/list-plans";
import { listRubrics } from "@/lib/audits/server/list-rubrics";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { planActions } from "./plan-actions";

export const metadata: Metadata = { title: "Sampling plans" };

const pageSize = 50;
type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function PlansPage({ searchParams }: Props) {
  const [ctx, { after }] = [await userContext(), await searchParams];
  if (!roleMay(ctx.actor.role, "audits.read")) {
    return <NoPermission what="sampling plans" roles={matrix["audits.read"].roles} />;
  }
  const starting_after = typeof after === "string" ? after : undefined;
  const [plans, rubrics] = await Promise.all([
    listPlans(ctx, { limit: pageSize, starting_after }),
    listRubrics(ctx, { limit: 100 }),
  ]);
  const mayPlan = roleMay(ctx.actor.role, "audits.plan");
  return (
    <Page>
      <PageHeader
        back={{ href: "/audits", label: "Audits" }}
        title="Sampling plans"
        description="How past decisions are drawn for audits, with the probability of each stored at its draw, so that every rate stays unbiased."
        actions={
          mayPlan ? (
            <ButtonLink href="/audits/plans/new" variant="primary">
              New plan
            </ButtonLink>
          ) : null
        }
      />
      <PlansTable
        plans={plans.data}
        mayPlan={mayPlan}
        nextHref={plans.has_more ? `/audits/plans?after=${plans.data.at(-1)?.id}` : undefined}
      />
      <RubricsCard rubrics={rubrics.data} actions={mayPlan ? planActions : undefined} />
    </Page>
  );
}
