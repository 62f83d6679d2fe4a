import { notFound } from "next/navigation";
import { RulingDesk } from "@/components/evaluators/ruling-desk";
import { NoPermission } from "@/components/identity/no-permission";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { getEvaluator } from "@/lib/evaluators/server/list-evaluators";
import { nextRuling } from "@/lib/evaluators/server/next-ruling";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { nextRulingAction, ruleOnScoreAction } from "../../actions";
import { titled } from "../../../../../titled";

export const generateMetadata = titled(
  "Rule on scores",
  async (ctx, { evaluator }: { evaluator: string }) => (await getEvaluator(ctx, { evaluator })).name,
);

type Props = {
  params: Promise<{ id: string; evaluator: string }>;
  searchParams: Promise<{ score?: string }>;
};

export default async function RulePage({ params, searchParams }: Props) {
  const ctx = await userContext();
  const { id, evaluator: evaluatorId } = await params;
  const { score } = await searchParams;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  if (!roleMay(ctx.actor.role, "scores.give")) {
    return <NoPermission what="Rulings" roles={matrix["scores.give"].roles} />;
  }
  const evaluator = await getEvaluator(ctx, { evaluator: evaluatorId }).catch(orNotFound);
  if (evaluator.app_id !== app.id) notFound();
  const asked = typeof score === "string" ? { score } : {};
  const first = await nextRuling(ctx, { evaluator: evaluator.id, ...asked }).catch(orTaken);
  const back = `/apps/${app.id}/evaluators/${evaluator.id}`;
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: back, label: evaluator.name }}
        title="Rule on its scores"
        description="You rule first, then see what it said. That is how its agreement with people is measured."
      />
      {first === null ? (
        <div className="rounded-card border bg-card">
          <EmptyState
            title="You have ruled on this one"
            action={
              <ButtonLink href={`${back}/rule`} variant="primary">
                Another case
              </ButtonLink>
            }
          >
            Or it is not to be ruled on: it is of an older version, or its audit is still to be answered.
          </EmptyState>
        </div>
      ) : (
        <RulingDesk
          key={score ?? "any"}
          first={first}
          evaluator={evaluator.id}
          back={back}
          rule={ruleOnScoreAction}
          next={nextRulingAction}
        />
      )}
    </Page>
  );
}

function orTaken(error: unknown): null {
  if (error instanceof DomainError && error.kind === "conflict") return null;
  throw error;
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
