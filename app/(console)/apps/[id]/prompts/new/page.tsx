import { notFound } from "next/navigation";
import { NoPermission } from "@/components/identity/no-permission";
import { NewPromptForm } from "@/components/prompts/new-prompt-form";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { listAutonomies } from "@/lib/apps/server/get-autonomy";
import { getApp } from "@/lib/apps/server/get-app";
import { listDecisionTypes } from "@/lib/apps/server/list-decision-types";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { listModels } from "@/lib/models/server/list-models";
import { createPromptAction } from "../actions";
import { titledOfApp } from "../../titled-of-app";

export const generateMetadata = titledOfApp("New prompt");

type Props = { params: Promise<{ id: string }> };

export default async function NewPromptPage({ params }: Props) {
  const ctx = await userContext();
  const { id } = await params;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  if (!roleMay(ctx.actor.role, "prompts.write"))
    return <NoPermission what="new prompts" roles={matrix["prompts.write"].roles} />;
  const models = (await listModels(ctx, { limit: 100 })).data.filter(({ archived }) => !archived);
  const used = new Set(
    (await listAutonomies(ctx, { app: app.id })).flatMap(({ type_id, version }) =>
      version > 0 ? type_id : [],
    ),
  );
  // What somebody has set for this app first: of many types an app uses few.
  const types = (await listDecisionTypes(ctx, { limit: 100, archived: false })).data.toSorted(
    (a, b) => Number(used.has(b.id)) - Number(used.has(a.id)),
  );
  return (
    <Page width="reading">
      <PageHeader
        back={{ href: `/apps/${app.id}/prompts`, label: `Prompts of ${app.name}` }}
        title="New prompt"
        description="It is a draft until you activate it: nothing is asked before."
      />
      {models.length === 0 ? (
        <Card>
          <EmptyState
            title="There is no model to ask"
            action={<ButtonLink href="/settings/models">Models</ButtonLink>}
          >
            Add one first.
          </EmptyState>
        </Card>
      ) : (
        <NewPromptForm
          app={app.id}
          models={models.map(({ id, name }) => ({ id, name }))}
          types={types.map(({ id, name }) => ({ id, name }))}
          create={createPromptAction}
        />
      )}
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
