import { notFound } from "next/navigation";
import { NewPolicyDialog } from "@/components/policies/new-policy-dialog";
import { PolicyList } from "@/components/policies/policy-list";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { listPolicies } from "@/lib/policies/server/list-policies";
import { createPolicyAction } from "./actions";
import { titledOfApp } from "../titled-of-app";

export const generateMetadata = titledOfApp("Policies");

type Props = { params: Promise<{ id: string }> };

export default async function PoliciesPage({ params }: Props) {
  const ctx = await userContext();
  const { id } = await params;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  const { data: policies } = await listPolicies(ctx, { app: app.id });
  const mayWrite = roleMay(ctx.actor.role, "policies.write") && app.archived_at === null;
  const maker = mayWrite ? (
    <NewPolicyDialog app={{ id: app.id, name: app.name }} create={createPolicyAction} />
  ) : null;
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: `/apps/${app.id}`, label: app.name }}
        title="Policies"
        description="Rules that ask for more caution than the threshold does. All are asked, the most restrictive answer wins, and none lets anything run."
        actions={policies.length > 0 ? maker : null}
      />
      {policies.length === 0 ? (
        <Card>
          <EmptyState title="No policy yet" action={maker ?? undefined}>
            A policy says when a person, or two, must decide whatever the confidence is: above an amount, for
            a new payee, the sixth time in a day. It runs in shadow first, and a second admin puts it in
            force.
          </EmptyState>
        </Card>
      ) : (
        <PolicyList policies={policies} appId={app.id} />
      )}
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
