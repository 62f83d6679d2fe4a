import { notFound } from "next/navigation";
import { EvaluatorList } from "@/components/evaluators/evaluator-list";
import { NoPermission } from "@/components/identity/no-permission";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { listEvaluators } from "@/lib/evaluators/server/list-evaluators";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { titledOfApp } from "../titled-of-app";

export const generateMetadata = titledOfApp("Evaluators");

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ after?: string }>;
};

export default async function EvaluatorsPage({ params, searchParams }: Props) {
  const ctx = await userContext();
  const { id } = await params;
  const { after } = await searchParams;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  if (!roleMay(ctx.actor.role, "evaluators.read")) {
    return <NoPermission what="Evaluators" roles={matrix["evaluators.read"].roles} />;
  }
  const query = { app: app.id, archived: false, limit: 50, ...(after ? { starting_after: after } : {}) };
  const { data: evaluators, has_more: hasMore } = await listEvaluators(ctx, query);
  const mayWrite = roleMay(ctx.actor.role, "evaluators.write") && app.archived_at === null;
  const here = `/apps/${app.id}/evaluators`;
  const maker = mayWrite ? (
    <ButtonLink href={`${here}/new`} variant="primary">
      New evaluator
    </ButtonLink>
  ) : null;
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: `/apps/${app.id}`, label: app.name }}
        title="Evaluators"
        description="They score decisions and what models answer in experiments. None of them decides anything, and one that people disagree with stops counting."
        actions={evaluators.length > 0 ? maker : null}
      />
      {evaluators.length === 0 ? (
        <Card>
          <EmptyState title="No evaluator yet" action={maker ?? undefined}>
            An evaluator says of each decision it draws whether it is as it should be: by rule, by comparison,
            by a model with your rubric, or by your own program.
          </EmptyState>
        </Card>
      ) : (
        <EvaluatorList evaluators={evaluators} />
      )}
      {hasMore ? (
        <ButtonLink href={`${here}?after=${evaluators.at(-1)?.id ?? ""}`} className="self-end">
          Older
        </ButtonLink>
      ) : null}
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
