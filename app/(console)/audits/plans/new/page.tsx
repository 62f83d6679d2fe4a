import type { Metadata } from "next";
import { draftFrom } from "@/components/audits/plan-draft";
import { PlanForm } from "@/components/audits/plan-form";
import { NoPermission } from "@/components/identity/no-permission";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { listApps } from "@/lib/apps/server/list-apps";
import { listDecisionTypes } from "@/lib/apps/server/list-decision-types";
import { listRubrics } from "@/lib/audits/server/list-rubrics";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { planActions } from "../plan-actions";

export const metadata: Metadata = { title: "New sampling plan" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewPlanPage({ searchParams }: Props) {
  const ctx = await userContext();
  if (!roleMay(ctx.actor.role, "audits.plan")) {
    return <NoPermission what="sampling plans" roles={matrix["audits.plan"].roles} />;
  }
  const all = { limit: 100, archived: false };
  const [apps, types, rubrics] = await Promise.all([
    listApps(ctx, all),
    listDecisionTypes(ctx, all),
    listRubrics(ctx, { limit: 100 }),
  ]);
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: "/audits/plans", label: "Sampling plans" }}
        title="New sampling plan"
        description="Say which decisions and how exactly you want to know; the preview says how many audits that takes."
      />
      <PlanForm
        apps={apps.data.map(named)}
        types={types.data.map(named)}
        rubrics={rubrics.data.map(named)}
        actions={planActions}
        start={draftFrom(await searchParams)}
      />
    </Page>
  );
}
