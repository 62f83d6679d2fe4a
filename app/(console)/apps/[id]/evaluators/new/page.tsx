import { notFound } from "next/navigation";
import { EvaluatorForm } from "@/components/evaluators/evaluator-form";
import { NoPermission } from "@/components/identity/no-permission";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { createEvaluatorAction, tryEvaluatorAction } from "../actions";
import { judgeModels, pastDecisions } from "../choices";
import { titledOfApp } from "../../titled-of-app";

export const generateMetadata = titledOfApp("New evaluator");

type Props = { params: Promise<{ id: string }> };

export default async function NewEvaluatorPage({ params }: Props) {
  const ctx = await userContext();
  const { id } = await params;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  if (!roleMay(ctx.actor.role, "evaluators.write")) {
    return <NoPermission what="New evaluators" roles={matrix["evaluators.write"].roles} />;
  }
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: `/apps/${app.id}/evaluators`, label: `Evaluators of ${app.name}` }}
        title="New evaluator"
        description="Try it on a past decision before you make it. It scores nothing before you give it a rule."
      />
      <EvaluatorForm
        appId={app.id}
        models={await judgeModels(ctx)}
        decisions={await pastDecisions(ctx, app.id)}
        create={createEvaluatorAction}
        attempt={tryEvaluatorAction}
      />
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
